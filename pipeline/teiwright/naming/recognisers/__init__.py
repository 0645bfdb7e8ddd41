"""The recognisers, one file each: a script in, what was found out, with score and reason."""
