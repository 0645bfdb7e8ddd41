"""How long a deposit takes, beside bagit-python on the same files; how much memory; and whether it survives kill -9.

    python benchmarks/deposit_speed.py --documents 10000
    python benchmarks/deposit_speed.py --documents 300 --kills 200

Times are seconds of processor in one process; the machine's other work disturbs them least.
A run with ``--kills`` is killed at as many random moments; the deposit must be absent or whole each time.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter-{n}" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>Letter {n}</title><author>Author {m}</author></titleStmt>
<publicationStmt><publisher>The Press</publisher><availability>
<licence target="https://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt>
<sourceDesc><bibl>The papers of the Embassy, {n}</bibl></sourceDesc></fileDesc>
<profileDesc><langUsage><language ident="en"/></langUsage></profileDesc>
<revisionDesc><change when="2020-01-01">Encoded.</change></revisionDesc></teiHeader><text><body><p>"""
_FOOT = "</p></body></text></TEI>\n"


def make_documents(folder: Path, count: int, size: int) -> None:
    """Editions of ``size`` bytes each, all different."""
    folder.mkdir(parents=True)
    for n in range(count):
        head = _HEADER.format(n=n, m=n % 97)
        words = f"word{n} " * (size // 8)
        (folder / f"letter-{n}.xml").write_text((head + words)[: size - len(_FOOT)] + _FOOT)


def deposit_all(folder: Path, target: Path) -> None:
    """Everything that a deposit does: read the headers, hold them against the target, pack, zip, read again."""
    from teiwright.depositing import Contents, File, Role, Wish, deposit, read_header  # noqa: PLC0415 (timed)
    from teiwright.model import Licence, Statement  # noqa: PLC0415

    headers = tuple(read_header(path) for path in sorted(folder.iterdir()))
    files = tuple(File(Role.TEI, each.path.name, each.path, each.id, each.sha256) for each in headers)
    statement = Statement(
        *("letters", "benchmark"),
        title="Letters",
        description="Letters for a measurement",
        date="2020-02-02",
        publisher="The Press",
        licence=Licence("https://creativecommons.org/licenses/by/4.0/"),
    )
    report = deposit(Contents(statement, headers, files), target, Wish(zip=True))
    if report.errors:
        sys.exit(f"there is no deposit: {report.findings}")


def measured(*arguments: str) -> tuple[float, float]:
    """Seconds of processor, and the most memory in MB, of this program in a process of its own."""
    code = "import resource, sys; r = resource.getrusage(resource.RUSAGE_SELF); "
    code += "print(r.ru_utime + r.ru_stime, r.ru_maxrss / 1024, file=sys.stderr)"
    program = f"import runpy, sys; sys.argv = {[__file__, *arguments]!r}\n"
    program += f"runpy.run_path({__file__!r}, run_name='__main__')\n{code}"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 (this program)
    seconds, memory = ended.stderr.split()[-2:]
    return float(seconds), float(memory)


def bag_all(folder: Path) -> None:
    """What bagit-python does with the same files, in one process."""
    import bagit  # noqa: PLC0415 (timed)

    bagit.make_bag(str(folder), processes=1)


def is_whole(target: Path) -> bool:
    """By our own verifier, from the bytes alone; and all that the receipt tells of is there."""
    from teiwright.verifying import verify  # noqa: PLC0415 (only where there is something)

    receipt = json.loads((target / "receipt.json").read_text())
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    packages = (target / "letters", target / "letters.zip")
    return there == {*receipt["files"], "receipt.json"} and not any(verify(each).report.errors for each in packages)


def kill_often(folder: Path, kills: int, seed: int) -> None:
    """Kill deposits at random moments, one over the other, and look at what is there each time."""
    chance = random.Random(seed)  # noqa: S311 (moments, not secrets)
    target = folder / "out" / "deposit"
    command = [sys.executable, __file__, "--deposit", str(folder / "in"), str(target)]
    began = time.perf_counter()
    subprocess.run(command, check=True)  # noqa: S603 (this program)
    whole = time.perf_counter() - began
    counts = {"absent": 0, "whole": 0}
    for number in range(kills):
        if number % 2:
            shutil.rmtree(target, ignore_errors=True)
        elif not target.exists():  # every second one is killed while it takes the place of an earlier one
            subprocess.run(command, check=True)  # noqa: S603 (this program)
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 (this program)
        time.sleep(chance.uniform(whole / 4, whole * 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not target.exists():
            counts["absent"] += 1
        elif is_whole(target):
            counts["whole"] += 1
        else:
            sys.exit(f"after kill {number} the deposit is neither absent nor whole: {target}")
    subprocess.run(command, check=True)  # noqa: S603 (this program)
    left = sorted(path.name for path in (folder / "out").iterdir())
    print(f"{kills} kills: {counts['absent']} times absent, {counts['whole']} times whole")
    print(f"the run after them: {'whole' if is_whole(target) else 'not whole'}")
    print(f"beside it is left: {', '.join(name for name in left if name != 'deposit') or 'nothing'}")


def compare(folder: Path) -> None:
    """Print the table."""
    ours, memory = measured("--deposit", str(folder / "in"), str(folder / "out" / "deposit"))
    shutil.copytree(folder / "in", folder / "bagged")
    theirs, their_memory = measured("--bag", str(folder / "bagged"))
    print(f"{'':24}{'seconds':>10}{'MB':>8}")
    print(f"{'deposit, with zip':24}{ours:10.1f}{memory:8.0f}")
    print(f"{'bagit.py, without':24}{theirs:10.1f}{their_memory:8.0f}")
    print(f"{ours / theirs:.1f} times as long")


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=8_000, help="bytes of each")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deposit", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bag", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.deposit:
        deposit_all(*asked.deposit)
    elif asked.bag:
        bag_all(asked.bag)
    else:
        with tempfile.TemporaryDirectory() as name:
            make_documents(Path(name) / "in", asked.documents, asked.size)
            kill_often(Path(name), asked.kills, asked.seed) if asked.kills else compare(Path(name))


if __name__ == "__main__":
    main()
