"""Plain text of historical documents to proven, validated, published and archived TEI P5."""

__version__ = "0.1.0"
