"""Many texts in one file, and many editions: JSON Lines, Parquet, tar, zip.

Texts are unpacked into a folder, so that everything else works with them as with any texts: one can look at them,
decide about their names, and only what changed in the file is made again.
"""
