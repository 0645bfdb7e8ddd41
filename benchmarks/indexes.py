"""How much time and memory the indexes of a large collection take, and the check of their links.

    python benchmarks/indexes.py 1000 10000

For each number of documents it prints CPU seconds and the peak of memory of a process of its own. A document has
1,800 words and 40 names, as a despatch of Foreign Relations of the United States has; the extracts lie on the disk.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from teiwright.extracted import Entry, Extract, Naming, Passage, Shelf, Site, extract_from_json, extract_to_json
from teiwright.publishing import Setting, dead_links, publish, sections_of
from teiwright.rendering import Context, frame

WORDS = [f"word{number}" for number in range(4000)]


def entries(documents: int) -> tuple[Entry, ...]:
    """Fewer entries than documents, of which some are named often and most seldom."""
    persons = (Entry(f"p{n}", "person", f"Person {n}", f"{chr(65 + n % 26)}{n}, P.") for n in range(documents // 4))
    places = (Entry(f"l{n}", "place", f"Place {n}", f"Place {n}") for n in range(documents // 8))
    return (*persons, *places)


def document(number: int, known: tuple[Entry, ...]) -> Extract:
    """A document of 12 paragraphs of 150 words."""
    chance = random.Random(number)  # noqa: S311 (texts to measure with)
    words: list[str] = []
    names, passages, at = [], [], 0
    for paragraph in range(12):
        start = at
        for place in range(150):
            word = chance.choice(WORDS)
            if place % 45 == 7:
                entry = known[min(int(chance.paretovariate(1.1)), len(known)) - 1]
                word, anchor = entry.name, f"name-{len(names) + 1}"
                names.append(
                    Naming(entry.kind, entry.id, anchor, str(100 + paragraph // 3), at, at + len(word), "high")
                )
            words.append(word + ("\n\n" if place == 149 else " "))
            at += len(words[-1])
        passages.append(Passage("paragraph", f"par-{paragraph + 1}", "", start, at - 2))
    day = f"{1900 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}"
    return Extract(
        id=f"doc-{number:06}",
        title="The Ambassador in Japan to the Secretary of State",
        subtitle=f"No. {number}",
        when=day,
        file_numbers=(f"761.{number % 97}/{number}",),
        anchors=tuple(passage.anchor for passage in passages),
        passages=tuple(passages),
        names=tuple(names),
        text="".join(words),
    )


def measure(documents: int, folder: Path) -> None:
    """One line of figures."""
    known, store = entries(documents), folder / "extracts.jsonl"
    with store.open("w", encoding="utf-8") as file:
        file.writelines(extract_to_json(document(number, known)) + "\n" for number in range(documents))

    def extracts() -> Iterator[Extract]:
        with store.open("rb") as file:
            yield from map(extract_from_json, file)

    site = Site("A collection", address="https://example.org/", entries=known)
    began = time.process_time()
    sections = sections_of(extracts, site)
    framed = frame(Context(collection=site.title, home="index.html", sections=sections))
    files = size = 0
    for path, data in publish(Shelf(extracts), site, framed, Setting(sections)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        files, size = files + 1, size + len(data)
    made = time.process_time() - began
    for extract in extracts():  # what the pages of documents are to those who link to them
        ids = (*extract.anchors, *(name.anchor for name in extract.names))
        page = "".join(f'<p id="{anchor}">{"x" * 400}</p>' for anchor in ids)
        (folder / "html" / f"{extract.id}.html").write_text(page)
    began = time.process_time()
    dead = sum(1 for _ in dead_links(folder))
    followed = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{documents:7,} documents: {made:6.1f} CPU s for {files:,} files ({size / 1e6:.0f} MB), "
        f"{followed:5.1f} CPU s to follow their links ({dead} dead), {peak:.0f} MB at most"
    )


if __name__ == "__main__":
    if sys.argv[1] == "--alone":
        with tempfile.TemporaryDirectory() as place:
            measure(int(sys.argv[2]), Path(place))
    else:
        for number in sys.argv[1:]:
            subprocess.run([sys.executable, __file__, "--alone", number], check=True)  # noqa: S603 (this very file)
