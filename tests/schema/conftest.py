"""What the tests of the law share: the folder, its files, and documents made from its grammar."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def law_folder() -> Path:
    return ROOT / "schema"


@pytest.fixture(scope="session")
def table(law_folder):
    return json.loads((law_folder / "teiwright.glosses.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def containment() -> ModuleType:
    path = ROOT / "benchmarks" / "containment.py"
    spec = importlib.util.spec_from_file_location("containment", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
