"""``from teiwright import Schema, check``: what a program does that checks many documents."""

import pickle
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from teiwright import Schema, check
from teiwright.checking.schema import Manner
from teiwright.diagnostics import TeiwrightError

RNC = "start = element doc { element p { text }* }"


@pytest.fixture
def schema(tmp_path) -> Schema:
    (tmp_path / "doc.rnc").write_text(RNC)
    return Schema(tmp_path / "doc.rnc")


@pytest.fixture
def documents(tmp_path) -> list[Path]:
    texts = {"good": "<doc><p/></doc>", "bad": "<doc>\n<q/></doc>"}
    for name, text in texts.items():
        (tmp_path / f"{name}.xml").write_text(text)
    return [tmp_path / f"{name}.xml" for name in texts]


def test_a_schema_is_used_for_several_documents(schema, documents):
    assert [[str(found.where) for found in check(path, schema).findings] for path in documents] == [
        [],
        [f"{documents[1]}:2:1"],
    ]


def test_a_schema_goes_to_workers(schema, documents):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        errors = [report.errors for report in pool.map(partial(check, schema=schema), documents)]
    assert errors == [0, 1]


def test_a_schema_that_cannot_be_used_is_said_so_at_once(tmp_path):
    (tmp_path / "wrong.rnc").write_text("start = nothing")
    with pytest.raises(TeiwrightError, match="referred to, but not defined"):
        Schema(tmp_path / "wrong.rnc")


def test_what_a_schema_may_include_goes_with_it(tmp_path):
    folder = tmp_path / "schema"
    folder.mkdir()
    (tmp_path / "part.rnc").write_text(RNC)
    (folder / "main.rnc").write_text('include "../part.rnc"')
    with pytest.raises(TeiwrightError, match="lies outside the folder of the schema"):
        Schema(folder / "main.rnc")
    allowed = Schema(folder / "main.rnc", Manner(trusted=(tmp_path,)))
    (tmp_path / "a.xml").write_text("<doc/>")
    assert check(tmp_path / "a.xml", pickle.loads(pickle.dumps(allowed))).findings == ()  # noqa: S301 (our own)


def test_the_example_in_the_readme_runs():
    root = Path(__file__).resolve().parents[2]
    (example,) = [
        block
        for block in re.findall(r"^```python\n(.*?)^```", (root / "README.md").read_text("utf-8"), re.M | re.S)
        if "import Schema, check" in block
    ]
    ended = subprocess.run([sys.executable, "-c", example], cwd=root, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
