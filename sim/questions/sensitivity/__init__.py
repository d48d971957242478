"""Which assumptions decide what the model says of a scenario, and of the difference between two."""
