"""What replications say together: intervals, paired differences, and how many replications are enough."""
