"""An ODD processor without Java: one ODD in, RELAX NG, XSD, Schematron, documentation and glosses out.

The language is that of the TEI Guidelines, chapters TD (Documentation Elements) and USE (Using the TEI); what
this version does not know is refused by name or told, never dropped in silence.
"""

from teiwright.odd.compiling import Compiled, compile_odd

__all__ = ["Compiled", "compile_odd"]
