"""Each clause of the specification, as it is written down in ``spec``: correct and wrong schemas, their documents."""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
READER = HERE.parents[1] / "benchmarks" / "relaxng_specification.py"


def _reader():
    spec = importlib.util.spec_from_file_location("relaxng_specification", READER)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reader = _reader()
CASES = list(reader.cases(sorted((HERE / "spec").glob("*.txt"))))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_specification(tmp_path, case):
    schema, documents = reader.write(case, tmp_path)
    is_correct, verdicts = reader.ours(schema, documents)
    assert is_correct is case.is_correct
    assert verdicts == ([right for _, right in case.documents] if is_correct else [])


def test_there_are_cases_of_every_chapter():
    sections = {case.name[1:].partition("]")[0] for case in CASES}
    assert {"3", *(f"4.{n}" for n in range(1, 22))} <= sections
    assert {"6.1", *(f"6.2.{n}" for n in range(1, 11))} <= sections
    assert {*(f"7.1.{n}" for n in range(1, 6)), "7.2", "7.3", "7.4", "DTD 3", "DTD 4", "DTD 5"} <= sections
