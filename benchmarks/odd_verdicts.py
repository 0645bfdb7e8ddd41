"""Does what our ODD processor makes judge as the schemas that TEI publishes? Spoils documents grown from both.

    python benchmarks/odd_verdicts.py FOLDER [--mutants N] [--seed N] [--only NAME] [--show N] [--jing]

FOLDER holds ``p5subset*.xml`` or ``.xml.xz``, and in ``exemplars/`` ODDs (``NAME.odd``), each with the RELAX NG that
TEI's own stylesheets make of it (``NAME.rng`` or ``NAME-VERSION.rng``). Of each pair, documents are grown from the
one schema and from the other, changed, and judged by both. Two columns of CPU seconds: to the RELAX NG alone, and to
all files. With ``--jing`` Jing says whether it takes our schema.

Two columns of differences: of our schema as it is, and of our schema without lists of values that the stylesheets
which made the published schemas may lose (TEI 2597, mended by Stylesheets 706): those of an attribute of a class that
TEI's own specification of an element changes (``recording/@type``; the ``tei_all`` of 2026 has them), and those that
an ODD gives such an attribute without saying ``valList/@mode``.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lxml import etree
from relaxng_mutants import Grower, mutants

from teiwright.odd import compile_odd
from teiwright.odd.compiling import grammars
from teiwright.odd.documents import open_document
from teiwright.odd.relaxng import relaxng
from teiwright.relaxng import Finding, Schema

GROWN = 60
TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
ANY_WORD = (
    '<data xmlns="http://relaxng.org/ns/structure/1.0" type="token"'
    ' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
    r'<param name="pattern">[^\p{C}\p{Z}]+</param></data>'
)


def main() -> int:
    """Print the table; exit with 1 if a verdict differs for another reason than the known one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutants", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--show", type=int, default=0, help="show so many documents on which they differ")
    parser.add_argument("--jing", action="store_true")
    options = parser.parse_args()
    subset = next(iter(sorted(options.folder.glob("p5subset*.xml*"))))
    lost = lost_lists(subset, is_odd=False)
    head = f"{'RNG s':>6} {'all s':>6} {'elements':>8} {'documents':>9} {'invalid':>8} {'differ':>7} {'but lists':>9}"
    print(f"{'ODD':<16} {head}  jing")
    differ = 0
    for odd in sorted((options.folder / "exemplars").glob("*.odd")):
        if options.only in {None, odd.stem}:
            published = next(path for path in sorted(odd.parent.glob(f"{odd.stem}*.rng")))
            differ += row(odd, published, subset, lost | lost_lists(odd, is_odd=True), options)
    return 1 if differ else 0


def lost_lists(path: Path, *, is_odd: bool) -> set[tuple[str, str]]:
    """Elements and attributes whose lists the stylesheets lose."""
    return {
        (spec.get("ident", ""), attribute.get("ident", ""))
        for spec in open_document(path).root.iter(f"{TEI}elementSpec")
        for attribute in spec.iterfind(f".//{TEI}attDef[@mode='change']")
        if not is_odd or (attribute.find(f"{TEI}valList") is not None and not attribute.xpath("*/@mode"))
    }


def without_lists(schema: bytes, lost: set[tuple[str, str]]) -> bytes:
    """Our schema with these attributes as open as their datatype is."""
    root = etree.fromstring(schema)
    for element in root.iter(f"{RNG}element"):
        for attribute in element.iter(f"{RNG}attribute"):
            if (element.get("name"), attribute.get("name")) in lost and next(
                attribute.iter(f"{RNG}value"), None
            ) is not None:
                attribute[:] = [etree.fromstring(ANY_WORD)]
    return etree.tostring(root)


def row(odd: Path, published: Path, subset: Path, lost: set[tuple[str, str]], options: argparse.Namespace) -> int:
    """One line of the table; the differences that are not explained."""
    chance = random.Random(options.seed)  # noqa: S311 (mutants, no secrets)
    begin = time.process_time()
    ((grammar, _),) = grammars(odd, subset)
    data = relaxng(grammar)
    spent = time.process_time() - begin
    (compiled,) = compile_odd(odd, subset)
    whole = time.process_time() - begin - spent
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "ours.rng").write_bytes(data)
        (here / "open.rng").write_bytes(without_lists(data, lost))
        ours, opened, theirs = Schema(here / "ours.rng"), Schema(here / "open.rng"), Schema(published)
        growers = [Grower(theirs, chance), Grower(ours, chance)]
        roots = [grower.document() for grower in growers for _ in range(GROWN)]
        documents = [("grown", etree.tostring(root)) for root in roots]
        documents += [(change, etree.tostring(root)) for change, root in mutants(roots, options.mutants, chance)]
        invalid = differ = unexplained = 0
        for change, document in documents:
            found, known = ours.validate(document), theirs.validate(document)
            invalid += bool(known)
            if bool(found) != bool(known):
                differ += 1
                unexplained += bool(opened.validate(document)) != bool(known)
                if options.show > 0 and bool(opened.validate(document)) != bool(known):
                    options.show -= 1
                    show(change, found, known)
        takes = jing(here / "ours.rng", documents[-1][1]) if options.jing else ""
    numbers = (
        f"{whole:6.2f} {len(compiled.grammar.elements):8} {len(documents):9} {invalid:8} {differ:7} {unexplained:9}"
    )
    print(f"{odd.stem:<16} {spent:6.2f} {numbers}  {takes}", flush=True)
    return unexplained


def jing(schema: Path, document: bytes) -> str:
    """Whether Jing can use a schema: its complaints are of the schema, or of the document."""
    path = schema.with_name("one.xml")
    path.write_bytes(document)
    command = ["jing", str(schema), str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (benchmark)
    wrong = re.findall(rf"^.*(?:{re.escape(schema.name)}|Exception).*$", told.stdout + told.stderr, re.M)
    return wrong[0] if wrong else "takes it"


def show(change: str, ours: list[Finding], theirs: list[Finding]) -> None:
    """Why one document is refused by one of the two."""
    who, first = ("ours", ours[0]) if ours else ("theirs", theirs[0])
    path = "/".join(name.rpartition(" ")[2] for name in first.path)
    print(f"  {change}: only {who} refuses it: {first.kind.name} {first.subject!r} {first.value!r} in {path}")


if __name__ == "__main__":
    sys.exit(main())
