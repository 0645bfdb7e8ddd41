"""Make the table of TEI's elements that messages use, from the TEI's own schema.

python benchmarks/tei_names.py tei_all.rng > pipeline/teiwright/checking/tei_elements.tsv
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from teiwright.relaxng import Schema, local

_TEI = "http://www.tei-c.org/ns/1.0 "


def main() -> None:
    """One line an element: its name, and the gloss in parentheses with which its documentation begins."""
    path = Path(sys.argv[1])
    schema = Schema(path)
    edition = re.search(rb"TEI Edition: P5 Version\D{1,6}([\d.]+\d)", path.read_bytes())
    print(f"# Elements of TEI P5 {edition[1].decode() if edition else '(edition unknown)'}: name, gloss.")
    print("# Copyright TEI Consortium; BSD 2-Clause and CC BY 3.0, https://tei-c.org/guidelines/access/")
    for name in schema.names:
        if name.startswith(_TEI):
            gloss = re.match(r"\(([^()]{1,60})\)", schema.documentation(name))
            print(f"{local(name)}\t{gloss[1] if gloss else ''}")


if __name__ == "__main__":
    main()
