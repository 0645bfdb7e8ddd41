"""OCFL by the book: each case of ocfl_cases.toml is found under the specification's own code."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teiwright.diagnostics import Severity
from teiwright.verifying import verify

CASES = tomllib.loads(Path(__file__).with_name("ocfl_cases.toml").read_text("utf-8"))["case"]
FILES = {"one": "v1/content/letter.xml", "note": "v1/content/note.xml", "two": "v2/content/letter.xml"}


def edit(inventory: Path, case: dict[str, Any], folder: Path) -> None:
    """Change the inventory as the case says, by JSON Pointer (RFC 6901)."""
    digests = {name: hashlib.sha512((folder / path).read_bytes()).hexdigest() for name, path in FILES.items()}
    digests |= {"NOTE": digests["note"].upper(), "none": "0" * 128}
    read = json.loads(inventory.read_text())
    pointer = case.get("unset") or case.get("set", [""])[0] or case.get("rename", [""])[0]
    *above, last = pointer.strip("/").format(**digests).split("/")
    place = read
    for part in above:
        place = place[part]
    if "set" in case:
        place[last] = case["set"][1]
    elif "unset" in case:
        del place[last]
    else:
        place[case["rename"][1].format(**digests)] = place.pop(last)
    inventory.write_text(json.dumps(read, indent=1))


def pad(folder: Path) -> None:
    """Call the versions v01 and v02."""
    for inventory in (folder / "inventory.json", folder / "v1/inventory.json"):
        text = inventory.read_text()
        for number in ("1", "2"):
            text = text.replace(f'"v{number}', f'"v0{number}')
        inventory.write_text(text)
    for number in ("1", "2"):
        (folder / f"v{number}").rename(folder / f"v0{number}")


Harm = Callable[[Path, dict[str, Any]], None]
Seal = Callable[[Path], None]


def done(case: dict[str, Any], store: Path, harm: Harm, seal: Seal) -> None:
    """Do to a storage root what the case says."""
    if "storage" in case:
        (store / "0=ocfl_1.1").unlink()
        (store / f"0=ocfl_{case['storage']}").write_text(f"ocfl_{case['storage']}\n")
    elif "padded" in case:
        pad(store / "letters")
        seal(store)
    elif "set" in case or "unset" in case or "rename" in case:
        for version in ("", "v1/") if "everywhere" in case else ("",):
            edit(store / f"letters/{version}inventory.json", case, store / "letters")
        seal(store)
    else:
        harm(store, case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['name']}")
def test_it_is_found_under_its_code(case: dict[str, Any], store: Path, harm: Harm, seal: Seal) -> None:
    done(case, store, harm, seal)

    package = store / "letters" if case["rule"] in ("E003", "E006") else store
    report = verify(package).report
    severity = Severity.ERROR if case["rule"].startswith("E") else Severity.WARNING
    found = [str(finding) for finding in report.findings]
    assert any(case["rule"] in each.message and each.code.severity is severity for each in report.findings), found
    if severity is Severity.WARNING:
        assert report.errors == 0, found


JUDGE = Path(os.environ.get("TEIWRIGHT_JUDGES", "nowhere")) / "ocfl" / "bin" / "python"
ASK = """
import json, sys
from ocfl.validator import Validator

def said(folder):
    try:
        return "valid" if Validator().validate_object(folder) else "invalid"
    except Exception:
        return "crash"

print(json.dumps([said(folder) for folder in sys.argv[1:]]))
"""


@pytest.mark.skipif(not JUDGE.exists(), reason="ocfl-py is not there; `tox run -e judges` prepares it")
def test_ocfl_py_says_the_same_but_where_it_errs(
    another_store: Callable[[Path], Path], tmp_path: Path, harm: Harm, seal: Seal
) -> None:
    cases = [case for case in CASES if not case["rule"].startswith(("E069", "E07", "E08"))]  # those of storage roots
    folders = []
    for number, case in enumerate(cases):
        folder = another_store(tmp_path / str(number))
        done(case, folder, harm, seal)
        folders.append(str(folder / "letters"))
    alone = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ended = subprocess.run([JUDGE, "-c", ASK, *folders], capture_output=True, text=True, check=True, env=alone)

    answers = dict(zip((case["name"] for case in cases), json.loads(ended.stdout.splitlines()[-1]), strict=True))
    expected = {case["name"]: "invalid" if case["rule"].startswith("E") else "valid" for case in cases}
    errs = {case["name"]: case["judge"]["says"] for case in cases if "judge" in case}
    assert answers == {**expected, **errs}
