"""The pictures of the report, one file for each."""
