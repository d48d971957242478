"""The question whether school social work lowers the demand for care outside school."""
