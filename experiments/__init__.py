"""Studies that a person runs and reads."""
