"""How long the model takes, and how much memory."""
