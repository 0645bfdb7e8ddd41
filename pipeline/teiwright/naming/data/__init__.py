"""Lists of names, and the model."""
