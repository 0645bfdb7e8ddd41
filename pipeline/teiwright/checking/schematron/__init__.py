"""Schematron (ISO/IEC 19757-3:2016) with the XSLT query bindings: compiled by us, run by Saxon."""

from teiwright.checking.schematron.contexts import Unprefixed, unprefixed
from teiwright.checking.schematron.reading import phases, schematron_files
from teiwright.checking.schematron.running import Broken, Outcome, Rules, Untried, run_schematron
from teiwright.checking.schematron.saxon import UnreadableError
from teiwright.checking.schematron.selecting import DEFAULT_PHASE

__all__ = [
    "DEFAULT_PHASE",
    "Broken",
    "Outcome",
    "Rules",
    "Unprefixed",
    "UnreadableError",
    "Untried",
    "phases",
    "run_schematron",
    "schematron_files",
    "unprefixed",
]
