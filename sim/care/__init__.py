"""The care chain in SimPy, one file a station; ``student`` is the place to start reading."""
