"""Schematron (ISO/IEC 19757-3:2016) with the XSLT query bindings: compiled by us, run by Saxon."""

from teiwright.checking.schematron.compiling import compile_schematron
from teiwright.checking.schematron.running import Broken, Outcome, UnreadableError, run_schematron

__all__ = ["Broken", "Outcome", "UnreadableError", "compile_schematron", "run_schematron"]
