"""The care chain once more, for the compiler: the same stations and rules on arrays, with an event list of its own.

``journey`` is the place to start reading; the SimPy engine in ``sim.care`` is the one that explains.
"""
