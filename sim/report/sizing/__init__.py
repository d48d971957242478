"""The page of ``smw size``."""
