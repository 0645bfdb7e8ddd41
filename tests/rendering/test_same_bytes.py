"""The same edition gives the same bytes: twice, in another order, and in other surroundings."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from teiwright.rendering import VIEWS, render, render_edition

PROGRAM = """
import sys
from hashlib import sha256
from pathlib import Path
from teiwright.encoding import load
from teiwright.rendering import VIEWS, Context, read_authority, render_edition
context = Context(collection="C", authority=read_authority([Path(a) for a in sys.argv[2:]]))
for view in VIEWS:
    for name, data in sorted(render_edition(load(Path(sys.argv[1])), view, context).files.items()):
        print(name, sha256(data).hexdigest())
"""


def digests(files):
    return {name: sha256(data).hexdigest() for name, data in files.items()}


def test_twice_and_after_others(editions, context):
    first, *others = editions.values()
    for view in VIEWS:
        once = digests(render_edition(first, view, context).files)
        for other in others:
            render_edition(other, view, context)
        assert digests(render_edition(first, view, context).files) == once


def test_many_at_once_are_as_one_by_one(editions, context):
    for view in VIEWS:
        together = render(list(editions.values()), view, context=context).files
        for edition in editions.values():
            for name, data in render_edition(edition, view, context).files.items():
                assert together[name] == data


def test_in_another_time_zone_language_and_hash_seed(editions):
    root = Path(__file__).resolve().parents[2]
    path = editions["grew-despatch-5529"].path
    arguments = [sys.executable, "-c", PROGRAM, str(path), *map(str, sorted((root / "tei/authority").glob("*.xml")))]
    surroundings = [
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
    ]
    outputs = [
        subprocess.run(arguments, env={**os.environ, **around}, capture_output=True, text=True, check=True).stdout
        for around in surroundings
    ]
    assert outputs[0] == outputs[1]
    assert "grew-despatch-5529.pdf" in outputs[0]
