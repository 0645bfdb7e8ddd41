"""The conventions of plain text, one file each."""
