"""Questions that take more than one comparison: how much is needed, what is best, what decides, whether it helps."""
