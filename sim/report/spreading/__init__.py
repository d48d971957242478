"""The page of the question how given hours are best spread."""
