"""The fit of a region's unknown quantities to what is known about it."""
