"""Zips, tars and folders that were made to deceive: each is refused by its right name, and nothing is written.

Each function below makes one of them, and is named after what is wrong with it.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import socket
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.diagnostics import TeiwrightError
from teiwright.verifying import Limits, verify

Make = Callable[[Path, Path], Path]
HOSTILE: list[tuple[str, Make]] = []
DATA = "letters/data/urn-letters/documentation"


def hostile(code: str) -> Callable[[Make], Make]:
    """Register a maker, with the finding that must come of it."""

    def register(make: Make) -> Make:
        HOSTILE.append((code, make))
        return make

    return register


def files_of(bag: Path) -> list[Path]:
    return sorted(path for path in bag.rglob("*") if path.is_file())


def zipped(
    bag: Path, folder: Path, *extra: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_STORED
) -> Path:
    target = folder / "package.zip"
    with zipfile.ZipFile(target, "w", method) as archive:
        for path in files_of(bag):
            archive.write(path, path.relative_to(bag.parent).as_posix())
        for info, data in extra:
            archive.writestr(info, data)
    return target


def tarred(bag: Path, folder: Path, *extra: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> Path:
    target = folder / "package.tar"
    with tarfile.open(target, "w", format=form) as archive:
        for path in files_of(bag):
            archive.add(path, path.relative_to(bag.parent).as_posix())
        for info in extra:
            archive.addfile(info, io.BytesIO(b"x" * info.size))
    return target


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def patched(target: Path, old: bytes, new: bytes, count: int = -1) -> Path:
    data = target.read_bytes()
    assert old in data
    target.write_bytes(data.replace(old, new, count))
    return target


# --- zips


@hostile("path-leaves-package")
def zip_with_a_path_that_goes_up(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("letters/../../evil.txt", b"evil"))


@hostile("path-leaves-package")
def zip_with_an_absolute_path(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("/etc/evil.txt", b"evil"))


@hostile("path-leaves-package")
def zip_with_a_drive_letter(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("C:/evil.txt", b"evil"))


@hostile("path-leaves-package")
def zip_with_a_path_that_goes_up_on_windows(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("letters\\..\\..\\evil.txt", b"evil"))


@hostile("path-leaves-package")
def zip_with_a_share_of_a_network(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("\\\\server\\share\\evil.txt", b"evil"))


@hostile("path-leaves-package")
def zip_with_a_home(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("~root/evil.txt", b"evil"))


@hostile("impossible-name")
def zip_with_a_backslash(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}\\evil.txt", b"evil"))


@hostile("impossible-name")
def zip_with_an_empty_part_in_a_path(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}//evil.txt", b"evil"))


@hostile("impossible-name")
def zip_with_a_name_too_long(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/{'e' * 300}.txt", b"evil"))


@hostile("impossible-name")
def zip_with_folders_too_deep(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/{'e/' * 100}evil.txt", b"evil"))


@hostile("impossible-name")
def zip_with_a_nul_in_a_name(bag: Path, folder: Path) -> Path:
    return patched(zipped(bag, folder, (f"{DATA}/evil.txt_jpg", b"evil")), b"evil.txt_jpg", b"evil.txt\0jpg")


@hostile("link-in-package")
def zip_with_a_symbolic_link(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (special(f"{DATA}/link", stat.S_IFLNK | 0o777), b"/etc/passwd"))


@hostile("special-file")
def zip_with_a_device(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (special(f"{DATA}/device", stat.S_IFCHR | 0o666), b""))


@hostile("same-entry-twice")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def zip_with_a_file_twice(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/README.md", b"other"))


@hostile("same-entry-twice")
def zip_with_a_file_that_is_a_folder(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/README.md/evil.txt", b"evil"))


@hostile("case-clash")
def zip_with_names_that_differ_by_case(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/readme.MD", b"other"))


@hostile("case-clash")
def zip_with_folders_that_differ_by_case(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, ("letters/DATA/other.txt", b"other"))


@hostile("normalization-clash")
def zip_with_names_that_differ_by_composition(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/caf\u00e9", b"one"), (f"{DATA}/cafe\u0301", b"two"))


@hostile("archive-bomb")
def zip_with_a_bomb(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, (f"{DATA}/zeros", bytes(40 << 20)), method=zipfile.ZIP_DEFLATED)


@hostile("wrong-entry-size")
def zip_with_a_file_larger_than_declared(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder, (f"{DATA}/zeros", bytes(1_000_003)), method=zipfile.ZIP_DEFLATED)
    return patched(target, struct.pack("<L", 1_000_003), struct.pack("<L", 10))


@hostile("wrong-entry-size")
def zip_with_a_file_smaller_than_declared(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder, (f"{DATA}/zeros", bytes(1_000_003)), method=zipfile.ZIP_DEFLATED)
    return patched(target, struct.pack("<L", 1_000_003), struct.pack("<L", 1_000_004))


@hostile("encrypted-entry")
def zip_with_a_password(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder)
    data = bytearray(target.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    target.write_bytes(bytes(data))
    return target


@hostile("broken-archive")
def zip_packed_by_an_unusual_method(bag: Path, folder: Path) -> Path:
    return zipped(bag, folder, method=zipfile.ZIP_LZMA)


@hostile("broken-archive")
def zip_whose_headers_name_two_files(bag: Path, folder: Path) -> Path:
    return patched(zipped(bag, folder), b"letters/bagit.txt", b"letters/nagit.txt", 1)


@hostile("broken-archive")
def zip_cut_off(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder)
    target.write_bytes(target.read_bytes()[:-400])
    return target


@hostile("broken-archive")
def zip_with_something_before_it(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder)
    target.write_bytes(b"#!/bin/sh\n" + target.read_bytes())
    return target


@hostile("broken-archive")
def zip_with_a_flipped_byte(bag: Path, folder: Path) -> Path:
    return patched(zipped(bag, folder), b"letter from Tokyo", b"letter from Tokio")


@hostile("broken-archive")
def zip_with_damaged_packed_bytes(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder, method=zipfile.ZIP_DEFLATED)
    data = bytearray(target.read_bytes())
    data[50:53] = b"\x07\xff\xff"
    target.write_bytes(bytes(data))
    return target


@hostile("broken-archive")
def zip_that_is_a_part_of_several(bag: Path, folder: Path) -> Path:
    target = zipped(bag, folder)
    data = bytearray(target.read_bytes())
    data[-18] = 1
    target.write_bytes(bytes(data))
    return target


@hostile("overlapping-entries")
def zip_whose_entries_share_their_bytes(bag: Path, folder: Path) -> Path:
    inner = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 6, 0) + b"hidden"
    target = zipped(bag, folder, (f"{DATA}/outer", inner), ("hidden", b""))
    data = target.read_bytes()
    record = data.rindex(b"PK\x01\x02")
    at = data.index(inner)
    target.write_bytes(data[: record + 42] + struct.pack("<L", at) + data[record + 46 :])
    return target


# --- tars


@hostile("path-leaves-package")
def tar_with_a_path_that_goes_up(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member("letters/../../evil.txt"))


@hostile("path-leaves-package")
def tar_with_an_absolute_path(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member("/etc/evil.txt"))


@hostile("path-leaves-package")
def tar_with_an_escape_in_a_long_name(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member(f"{'a' * 120}/../../evil.txt"), form=tarfile.GNU_FORMAT)


@hostile("path-leaves-package")
def tar_with_an_escape_in_an_extended_header(bag: Path, folder: Path) -> Path:
    info = member("letters/harmless.txt")
    info.pax_headers = {"path": "../../evil.txt"}
    return tarred(bag, folder, info)


@hostile("link-in-package")
def tar_with_a_symbolic_link(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member(f"{DATA}/link", tarfile.SYMTYPE, "/etc/passwd"))


@hostile("link-in-package")
def tar_with_a_hard_link_to_the_outside(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member(f"{DATA}/link", tarfile.LNKTYPE, "../../../etc/passwd"))


@hostile("special-file")
def tar_with_a_device(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member(f"{DATA}/device", tarfile.CHRTYPE))


@hostile("special-file")
def tar_with_a_pipe(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member(f"{DATA}/pipe", tarfile.FIFOTYPE))


@hostile("special-file")
def tar_with_a_sparse_file(bag: Path, folder: Path) -> Path:
    info = member(f"{DATA}/sparse")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "99999999"}
    return tarred(bag, folder, info)


@hostile("same-entry-twice")
def tar_with_a_file_twice(bag: Path, folder: Path) -> Path:
    return tarred(bag, folder, member(f"{DATA}/README.md"))


@hostile("impossible-name")
def tar_with_a_name_that_is_not_utf_8(bag: Path, folder: Path) -> Path:
    target = tarred(bag, folder, member(f"{DATA}/M_nchen"), form=tarfile.USTAR_FORMAT)
    data = target.read_bytes().replace(b"M_nchen", b"M\xfcnchen")
    at = data.index(b"M\xfcnchen") // 512 * 512
    header = bytearray(data[at : at + 512])
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    target.write_bytes(data[:at] + bytes(header) + data[at + 512 :])
    return target


@hostile("broken-archive")
def tar_cut_off_in_a_file(bag: Path, folder: Path) -> Path:
    target = tarred(bag, folder)
    target.write_bytes(target.read_bytes()[:2000])
    return target


@hostile("broken-archive")
def tar_cut_off_between_two_files(bag: Path, folder: Path) -> Path:
    target = tarred(bag, folder)
    with tarfile.open(target) as archive:
        third = archive.getmembers()[2].offset
    target.write_bytes(target.read_bytes()[:third])
    return target


@hostile("broken-archive")
def tar_with_a_damaged_header(bag: Path, folder: Path) -> Path:
    target = tarred(bag, folder)
    with tarfile.open(target) as archive:
        third = archive.getmembers()[2].offset
    data = bytearray(target.read_bytes())
    data[third + 3] ^= 1
    target.write_bytes(bytes(data))
    return target


@hostile("broken-archive")
def tar_with_a_size_that_is_no_number(bag: Path, folder: Path) -> Path:
    info = member(f"{DATA}/evil.txt")
    info.pax_headers = {"size": "many"}
    return tarred(bag, folder, info)


@hostile("archive-bomb")
def tar_with_an_endless_header(bag: Path, folder: Path) -> Path:
    info = member(f"{DATA}/evil.txt")
    info.pax_headers = {"comment": "x" * (2 << 20)}
    return tarred(bag, folder, info)


@hostile("archive-bomb")
def tar_packed_from_very_many_zeros(bag: Path, folder: Path) -> Path:
    info = member(f"{DATA}/zeros")
    info.size = 40 << 20
    plain = tarred(bag, folder, info)
    target = folder / "package.tar.gz"
    target.write_bytes(gzip.compress(plain.read_bytes(), 6))
    return target


@hostile("broken-archive")
def tar_with_damaged_packed_bytes(bag: Path, folder: Path) -> Path:
    target = folder / "package.tar.gz"
    data = bytearray(gzip.compress(tarred(bag, folder).read_bytes()))
    data[len(data) // 2] ^= 0xFF
    target.write_bytes(bytes(data))
    return target


@hostile("broken-archive")
def tar_packed_and_cut_off(bag: Path, folder: Path) -> Path:
    target = folder / "package.tar.gz"
    target.write_bytes(gzip.compress(tarred(bag, folder).read_bytes())[:-100])
    return target


# --- folders, and what is no package


@hostile("archive-bomb")
def folder_with_a_file_of_holes(bag: Path, _: Path) -> Path:
    with (bag / "data/holes").open("wb") as file:
        file.truncate(1 << 40)
    return bag


@hostile("special-file")
def folder_with_a_socket(bag: Path, _: Path) -> Path:
    here = Path.cwd()
    os.chdir(bag)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
    finally:
        os.chdir(here)
    return bag


@hostile("impossible-name")
def folder_without_a_bottom(bag: Path, _: Path) -> Path:
    here = Path.cwd()
    os.chdir(bag / "data")
    try:
        for _depth in range(200):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(here)
    return bag


@hostile("unknown-package")
def file_packed_by_another_program(_: Path, folder: Path) -> Path:
    (folder / "package.tar.xz").write_bytes(lzma.compress(b"letter"))
    return folder / "package.tar.xz"


@hostile("impossible-name")
def folder_with_a_name_that_is_not_utf_8(bag: Path, _: Path) -> Path:
    (bag / os.fsdecode(b"M\xfcnchen.txt")).write_text("Munich")
    return bag


@hostile("unsafe-description")
def crate_that_is_nested_without_end(bag: Path, _: Path) -> Path:
    crate = bag / "data/urn-letters"
    (crate / "ro-crate-metadata.json").write_text('{"@graph": ' + "[" * 100_000 + "]" * 100_000 + "}")
    return crate


@hostile("unsafe-description")
def mets_that_is_nested_without_end(bag: Path, _: Path) -> Path:
    package = bag / "data/urn-letters"
    (package / "METS.xml").write_text("<div>" * 100_000 + "</div>" * 100_000)
    return package


@hostile("unsafe-description")
def mets_with_a_billion_laughs(bag: Path, _: Path) -> Path:
    package = bag / "data/urn-letters"
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    (package / "METS.xml").write_text(f'<!DOCTYPE mets [<!ENTITY l0 "ha">{laughs}]><mets>&l9;</mets>')
    return package


@hostile("broken-description")
def mets_in_an_encoding_that_is_not_known(bag: Path, _: Path) -> Path:
    package = bag / "data/urn-letters"
    (package / "METS.xml").write_text('<?xml version="1.0" encoding="nonsense"?><mets/>')
    return package


@hostile("unknown-package")
def folder_without_a_description(bag: Path, _: Path) -> Path:
    return bag / "data/urn-letters/documentation"


@hostile("unknown-package")
def file_that_is_neither_zip_nor_tar(bag: Path, _: Path) -> Path:
    return bag / "bagit.txt"


@hostile("unknown-package")
def file_that_is_empty(_: Path, folder: Path) -> Path:
    (folder / "package.zip").touch()
    return folder / "package.zip"


@hostile("not-readable")
def pipe_instead_of_a_package(_: Path, folder: Path) -> Path:
    os.mkfifo(folder / "package.zip")
    return folder / "package.zip"


@hostile("not-found")
def package_that_is_not_there(_: Path, folder: Path) -> Path:
    return folder / "nothing.zip"


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("code", "make"), HOSTILE, ids=[make.__name__ for _, make in HOSTILE])
def test_it_is_refused_and_nothing_is_written(
    code: str, make: Make, bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make(bag, tmp_path)
    before = state_of(tmp_path)
    monkeypatch.chdir(tmp_path)

    try:
        findings = verify(package).report.findings
    except TeiwrightError as error:
        findings = (error.finding,)

    assert code in {finding.code.title for finding in findings}
    assert all(finding.message.isprintable() for finding in findings if finding.code.title == code)
    assert "\n".join(map(str, findings)).encode("utf-8")
    assert before == state_of(tmp_path)


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_the_sound_package_is_sound_as_one_file(pack: Callable[[Path, Path], Path], bag: Path, tmp_path: Path) -> None:
    as_folder, as_file = verify(bag), verify(pack(bag, tmp_path))

    assert as_file.report.findings == ()
    assert as_file.proof == as_folder.proof


@pytest.mark.parametrize("how", ["gz", "bz2"])
def test_the_sound_package_is_sound_as_a_packed_tar(how: str, bag: Path, tmp_path: Path) -> None:
    target = tmp_path / f"package.tar.{how}"
    with tarfile.open(target, f"w:{how}") as archive:
        archive.add(bag, "./letters")

    assert verify(target).report.findings == ()


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tars_of_every_form_are_read(form: int, bag: Path, tmp_path: Path) -> None:
    assert verify(tarred(bag, tmp_path, form=form)).report.findings == ()


def test_a_deflated_zip_is_read_also_if_it_was_written_to_a_pipe(bag: Path, tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        """A file that cannot be gone back in, so that sizes stand behind the data."""

        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for path in files_of(bag):
            archive.write(path, path.relative_to(bag.parent).as_posix())
    (tmp_path / "package.zip").write_bytes(bytes(pipe.data))

    assert verify(tmp_path / "package.zip").report.findings == ()


def test_what_nobody_packed_is_told(bag: Path, tmp_path: Path) -> None:
    target = tarred(bag, tmp_path)
    target.write_bytes(target.read_bytes() + b"hidden")

    assert [each.code.title for each in verify(target).report.findings] == ["unproven-bytes"]


def test_a_file_with_a_name_elsewhere_is_told(bag: Path, tmp_path: Path) -> None:
    os.link(bag / "bagit.txt", tmp_path / "elsewhere.txt")

    assert [each.code.title for each in verify(bag).report.findings] == ["shared-file"]


def test_more_entries_than_any_deposit_has_are_refused(bag: Path, tmp_path: Path) -> None:
    few = Limits(entries=5)

    for package in (zipped(bag, tmp_path), tarred(bag, tmp_path), bag):
        found = verify(package, limits=few).report.findings
        assert "archive-bomb" in {each.code.title for each in found}


def test_a_description_that_is_too_large_is_not_read(bag: Path) -> None:
    found = verify(bag, limits=Limits(description=1000)).report.findings

    assert "unsafe-description" in {each.code.title for each in found}


def test_no_socket_is_opened(bag: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    (bag / "fetch.txt").write_text("https://example.org/a.txt 3 data/a.txt\n")
    mets = bag / "data/urn-letters/METS.xml"
    mets.write_text(mets.read_text().replace('href="documentation', 'href="https://example.org/documentation'))

    for package in (bag, store):
        verify(package)
