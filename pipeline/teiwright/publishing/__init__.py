"""Makes of all editions together what leads through them: indexes, feeds, permalinks."""
