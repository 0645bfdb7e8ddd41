"""A package may bring a recogniser of its own, by an entry point."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from teiwright.diagnostics import TeiwrightError
from teiwright.model import Kind
from teiwright.naming import name, recognising

MODULE = """
import re

from teiwright.model import Kind
from teiwright.naming import Found, Script


def shelfmarks(script: Script):
    for match in re.finditer(r"Codex [A-Z]\\\\w+", script.text):
        yield Found(match.start() + 6, match.end(), Kind.PLACE, 0.99, "shelfmark", "what a codex is called after")
"""
ENTRY_POINTS = "[teiwright.recognisers]\nshelfmarks = shelfmarks:shelfmarks\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A package with one recogniser."""
    (tmp_path / "shelfmarks.py").write_text(MODULE.replace("\\\\\\\\", "\\\\").replace("\\\\w", "\\w"))
    info = tmp_path / "shelfmarks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shelfmarks\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(str(tmp_path))
    recognising.offered.cache_clear()
    yield
    recognising.offered.cache_clear()
    sys.modules.pop("shelfmarks", None)


@pytest.mark.usefixtures("installed")
def test_a_recogniser_of_another_package_is_heard(draft_of):
    draft = draft_of(("p", "as the scribe of Codex Amiatinus wrote"))
    mention = name(draft).mentions[0]
    assert (mention.span.of(draft.source.text), mention.kind, mention.by) == ("Amiatinus", Kind.PLACE, "shelfmark")


@pytest.mark.usefixtures("installed")
def test_it_stands_against_a_longer_name_of_which_the_model_is_less_sure(draft_of):
    draft = draft_of(("p", "The manuscript Codex Vaticanus was seen in Rome by Mr. Kestrel."))
    forms = [mention.span.of(draft.source.text) for mention in name(draft).mentions]
    assert forms == ["Vaticanus", "Rome", "Kestrel"]


@pytest.mark.usefixtures("installed")
def test_what_goes_wrong_in_it_is_told_as_its_flaw(draft_of, tmp_path):
    (tmp_path / "shelfmarks.py").write_text("def shelfmarks(script): raise ValueError('no such list')")
    with pytest.raises(TeiwrightError, match=r"`shelfmarks:shelfmarks` .* failed: ValueError: no such list"):
        name(draft_of(("p", "as the scribe of Codex Amiatinus wrote")))


def test_without_such_a_package_there_is_none():
    recognising.offered.cache_clear()
    assert recognising.offered() == ()
