"""The check of many files, as continuous integration runs it: which files, by which schemas, what is new."""
