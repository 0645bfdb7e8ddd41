"""Texts and what is known of them: files in, ``Source`` out."""

from teiwright.reading.sidecars import read_sidecar, sidecar_of
from teiwright.reading.tables import read_table
from teiwright.reading.texts import Limits, read

__all__ = ["Limits", "read", "read_sidecar", "read_table", "sidecar_of"]
