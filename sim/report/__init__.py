"""The report of a study, in Dutch and English: one page, pictures, Excel and CSV."""
