"""Does Jing say of the cases of the specification what they say themselves, and what our validator says?

    python benchmarks/relaxng_specification.py [FILE...]

The cases are in ``tests/relaxng/spec``; Jing (``apt install jing``) is run once for each schema.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from teiwright.relaxng import Schema, SchemaError

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "relaxng" / "spec"
_NAMESPACE = 'xmlns="http://relaxng.org/ns/structure/1.0"'
_LIBRARY = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
_KEYWORD = re.compile(r"(?:schema|wrong|file|valid|invalid|type|yes|no|jing) ")


@dataclass(slots=True)
class Case:
    """One schema, and documents with what is to be said of them."""

    name: str
    schema: str = ""
    is_correct: bool = True
    files: dict[str, str] = field(default_factory=dict)
    documents: list[tuple[str, bool]] = field(default_factory=list)
    jing: str = ""


def cases(paths: Sequence[Path]) -> Iterator[Case]:
    """The cases of these files."""
    for path in paths:
        for block in re.split(r"\n\n(?=\[)", path.read_text("utf-8").strip()):
            yield _case(block)


def _case(block: str) -> Case:
    name, *lines = block.split("\n")
    case = Case(name)
    entries: list[str] = []
    for line in lines:
        if _KEYWORD.match(line):
            entries.append(line)
        else:
            entries[-1] += f"\n{line}"
    for entry in entries:
        keyword, _, text = entry.partition(" ")
        _take(case, keyword, text)
    return case


def _take(case: Case, keyword: str, text: str) -> None:
    match keyword:
        case "schema" | "wrong":
            case.schema, case.is_correct = _declared(text), keyword == "schema"
        case "file":
            name, _, rest = text.partition(".rng ")
            case.files[f"{name}.rng"] = _declared(rest, library=False)
        case "type":
            case.schema = _declared(f'<element name="doc"><data type="{text}"/></element>')
        case "valid" | "invalid":
            case.documents.append((text, keyword == "valid"))
        case "yes" | "no":
            case.documents += ((f"<doc>{escape(value)}</doc>", keyword == "yes") for value in text.split(" | "))
        case _:
            case.jing = text


def _declared(text: str, *, library: bool = True) -> str:
    """With the namespaces that a case does not write."""
    tag, rest = re.match(r"(<[^\s/>]+)(.*)", text, re.S).groups()
    head = rest.partition(">")[0]
    added = [] if "xmlns=" in head or ":" in tag else [_NAMESPACE]
    added += [_LIBRARY] if library and "datatypeLibrary=" not in head else []
    return " ".join((tag, *added)) + rest


def write(case: Case, folder: Path) -> tuple[Path, list[Path]]:
    """The files of a case: its schema, and its documents."""
    for name, text in {"schema.rng": case.schema, **case.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    documents = []
    for number, (text, _) in enumerate(case.documents):
        documents.append(folder / f"{number}.xml")
        documents[-1].write_text(text, "utf-8")
    return folder / "schema.rng", documents


def ours(schema: Path, documents: Sequence[Path]) -> tuple[bool, list[bool]]:
    """Whether the schema is correct, and each document valid."""
    try:
        compiled = Schema(schema)
    except SchemaError:
        return False, []
    return True, [not compiled.validate(path) for path in documents]


def jings(schema: Path, documents: Sequence[Path]) -> tuple[bool, list[bool]]:
    """The same of Jing. With no document to check, it is given one that no schema is about."""
    if not documents:
        documents = [schema.parent / "nothing.xml"]
        documents[0].write_text("<nothing/>", "utf-8")
    command = ["jing", str(schema), *map(str, documents)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (benchmark)
    broken = {Path(path).name for path in re.findall(r"^(.+?):\d+:\d+: (?:fatal|error)", run.stdout, re.M)}
    known = {path.name for path in documents}
    if run.returncode and not (broken and broken <= known):
        return False, []
    if documents[0].name == "nothing.xml":
        return True, []
    return True, [path.name not in broken for path in documents]


def main() -> int:
    """Print what differs; exit with 1 if anything does without a reason."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    counts: Counter[str] = Counter()

    def judged(case: Case) -> tuple[Case, tuple[bool, list[bool]], tuple[bool, list[bool]]]:
        with tempfile.TemporaryDirectory() as name:
            schema, documents = write(case, Path(name))
            return case, ours(schema, documents), jings(schema, documents)

    with ThreadPoolExecutor(2) as pool:
        for case, us, them in pool.map(judged, cases(paths)):
            wanted = (case.is_correct, [right for _, right in case.documents] if case.is_correct else [])
            counts["schemas"] += 1
            counts["documents"] += len(wanted[1])
            counts["ours as wanted"] += us == wanted
            counts["jing as wanted"] += them == wanted
            counts["jing otherwise, with a reason"] += them != wanted and bool(case.jing)
            if us != wanted or (them != wanted and not case.jing) or (them == wanted and case.jing):
                counts["to be looked at"] += 1
                print(f"{case.name}\n  wanted {wanted}\n  ours   {us}\n  jing   {them} {case.jing}")
    print("; ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["to be looked at"] else 0


if __name__ == "__main__":
    sys.exit(main())
