"""The page about which assumptions decide."""
