"""The region: municipalities, schools, school calendar, and the readers of its files."""
