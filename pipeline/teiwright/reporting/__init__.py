"""Reports for people and for machines, and the explanation of each code."""

from teiwright.reporting.explaining import UnknownCodeError, explain, short_help
from teiwright.reporting.rendering import Format, render_report

__all__ = ["Format", "UnknownCodeError", "explain", "render_report", "short_help"]
