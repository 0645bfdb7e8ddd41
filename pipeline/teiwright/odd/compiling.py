"""One ODD in, the files that are made of it out: names relative to the output folder, and their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from teiwright.odd.automaton import check_determinism
from teiwright.odd.glosses import glosses
from teiwright.odd.reading import read_odd
from teiwright.odd.relaxng import relaxng
from teiwright.odd.resolving import resolve
from teiwright.odd.schematron import schematron
from teiwright.odd.xsd import xml_xsd, xsd


def compile_odd(path: Path) -> Mapping[str, bytes]:
    """RELAX NG, XSD, Schematron and glosses; the same bytes whenever the ODD is the same."""
    grammar = resolve(read_odd(path))
    check_determinism(grammar)
    name = path.stem
    return {
        f"{name}.rng": relaxng(grammar),
        f"{name}.xsd": xsd(grammar),
        "xml.xsd": xml_xsd(grammar),
        f"{name}.sch": schematron(grammar),
        f"{name}.glosses.json": glosses(grammar),
    }
