"""An ODD processor without Java: one Pure ODD in, RELAX NG, XSD, Schematron and glosses out.

``python -m teiwright.odd schema/teiwright.odd schema/`` writes the files, with ``--check`` it compares them.
The language is that of the TEI Guidelines, chapter 23 (Documentation Elements); what this version does not
know, and what an XSD could not say exactly, is refused by name, never dropped.
"""

from teiwright.odd.compiling import compile_odd

__all__ = ["compile_odd"]
