"""What the help of each command that runs many points says: plain words, nothing else is imported."""
