"""What FOP is told, so that its book promises what ours does: divided words, embedded fonts, PDF/UA-1 and PDF/A-3a.

Hyphenation needs patterns, which FOP does not have: those of Debian's package `hyphen-en-us` are put into its form.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

_PATTERNS = Path("/usr/share/hyphen/hyph_en_US.dic")
_FONT = Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf")
_NOT_PATTERNS = ("LEFT", "RIGHT", "COMPOUND", "NEXTLEVEL", "NOHYPHEN", "%", "#")

_TITLE = (
    '<fo:declarations><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Despatches</dc:title></rdf:Description></rdf:RDF>'
    "</x:xmpmeta></fo:declarations>"
)


def can_promise() -> bool:
    """Whether there are patterns and a font on this machine."""
    return _PATTERNS.is_file() and _FONT.is_file()


def promising(fo: str) -> str:
    """A document of XSL-FO with a title for its metadata, hyphenation, and the font that is embedded."""
    titled = fo.replace("</fo:layout-master-set>", f"</fo:layout-master-set>{_TITLE}", 1)
    divided = titled.replace("<fo:flow ", '<fo:flow hyphenate="true" language="en" ', 1)
    return divided.replace("<fo:root ", '<fo:root font-family="Body" ', 1)


def settings(folder: Path) -> Path:
    """FOP's configuration, and beside it the patterns."""
    (folder / "en.xml").write_text(_patterns(), "utf-8")
    file = folder / "fop.xconf"
    file.write_text(
        f'<fop version="1.0"><accessibility>true</accessibility><hyphenation-base>{folder.as_uri()}/</hyphenation-base>'
        '<renderers><renderer mime="application/pdf"><pdf-a-mode>PDF/A-3a</pdf-a-mode>'
        f'<pdf-ua-mode>PDF/UA-1</pdf-ua-mode><fonts><font kerning="yes" embed-url="{_FONT.as_uri()}">'
        '<font-triplet name="Body" style="normal" weight="normal"/></font></fonts></renderer></renderers></fop>'
    )
    return file


def _patterns() -> str:
    lines = (line.strip() for line in _PATTERNS.read_text("utf-8").splitlines()[1:])
    patterns = "\n".join(one for one in lines if one and not one.startswith(_NOT_PATTERNS) and "/" not in one)
    classes = "\n".join(letter + letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<hyphenation-info><hyphen-char value="-"/><hyphen-min before="2" '
        f'after="3"/><classes>{classes}</classes><patterns>{escape(patterns)}</patterns></hyphenation-info>'
    )
