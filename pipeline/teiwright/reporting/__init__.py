"""Reports for people and for machines, and the explanation of each code."""

from teiwright.reporting.explaining import UnknownCodeError, explain, short_help
from teiwright.reporting.rendering import Format, parts_of_report, render_report

__all__ = ["Format", "UnknownCodeError", "explain", "parts_of_report", "render_report", "short_help"]
