"""What is a text, what is none, and how a file that is none is refused."""

import codecs
from hashlib import sha256
from pathlib import Path

import pytest

from teiwright.diagnostics import Code, TeiwrightError
from teiwright.model import Metadata
from teiwright.reading import Limits, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def refused(path: Path, **options: object):
    with pytest.raises(TeiwrightError) as caught:
        read(path, **options)  # type: ignore[arg-type]
    return caught.value.finding


def put(folder: Path, data: bytes, name: str = "text.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# -- texts


def test_a_text_is_kept_as_it_came_with_its_line_ends(folder: Path) -> None:
    data = "Sir: “Manchukuo”.\r\n\r\nRésumé\rend\n".encode()
    source = read(put(folder, data))
    assert source.text == "Sir: “Manchukuo”.\r\n\r\nRésumé\rend\n"
    assert (source.encoding, source.sha256) == ("utf-8", sha256(data).hexdigest())


def test_a_byte_order_mark_is_dropped_but_counts_for_the_checksum(folder: Path) -> None:
    data = codecs.BOM_UTF8 + b"Sir:\n"
    source = read(put(folder, data))
    assert (source.text, source.encoding, source.sha256) == ("Sir:\n", "utf-8-sig", sha256(data).hexdigest())


@pytest.mark.parametrize("mark, name", [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf_16_is_read_if_it_says_so(folder: Path, mark: bytes, name: str) -> None:
    source = read(put(folder, mark + "Café 満州\n".encode(name)))
    assert (source.text, source.encoding) == ("Café 満州\n", "utf-16")


@pytest.mark.parametrize(
    "name, expected",
    [
        ("grew-despatch-22.txt", "grew-despatch-22"),
        ("1941 04 13 (Grew).txt", "text-1941-04-13-Grew"),
        ("Résumé, 2. Fassung.txt", "Résumé-2.-Fassung"),
        ("満州.txt", "満州"),
        ("---.txt", "text"),
    ],
)
def test_a_text_without_metadata_is_named_after_its_file(folder: Path, name: str, expected: str) -> None:
    assert read(put(folder, b"Sir:", name)).metadata == Metadata(expected)


def test_metadata_that_are_given_go_before_the_sidecar(folder: Path) -> None:
    path = put(folder, b"Sir:")
    put(folder, b'title = "Beside"', "text.toml")
    assert read(path).metadata.title == "Beside"
    assert read(path, Metadata("other", title="Given")).metadata.title == "Given"


# -- what is no text


def test_a_missing_file_is_named(folder: Path) -> None:
    finding = refused(folder / "absent.txt")
    assert (finding.code, finding.message) == (Code.NOT_FOUND, "there is no such file")


def test_a_folder_is_no_text(folder: Path) -> None:
    assert refused(folder).code is Code.NOT_READABLE


def test_what_the_system_does_not_let_read_is_refused_in_its_words(folder: Path) -> None:
    circle = folder / "text.txt"
    circle.symlink_to(circle)
    finding = refused(circle)
    assert finding.code is Code.NOT_READABLE
    assert finding.message == "the file cannot be read: too many levels of symbolic links"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
def test_a_file_without_words_is_empty(folder: Path, data: bytes) -> None:
    assert refused(put(folder, data)).code is Code.EMPTY_TEXT


@pytest.mark.parametrize(
    "data, kind",
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b'<?xml version="1.0"?>\n<TEI/>', "XML or HTML"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>Sir:", "XML or HTML"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an office document"),
        (b"{\\rtf1\\ansi Sir:}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\x1f\x8b\x08", "compressed (gzip)"),
    ],
)
def test_a_format_that_is_known_is_named(folder: Path, data: bytes, kind: str) -> None:
    finding = refused(put(folder, data))
    assert (finding.code, finding.message) == (Code.NOT_TEXT, f"the file is {kind}, not plain text")


def test_nul_bytes_are_no_text_and_the_first_is_pointed_at(folder: Path) -> None:
    finding = refused(put(folder, b"Sir:\nI have\x00the honor\x01 and so on, in many more words than that\n"))
    assert finding.code is Code.NOT_TEXT
    assert (finding.where.line, finding.where.column) == (2, 7)
    assert "2 of its 63 bytes are control codes, the first NUL is at offset 11" in finding.message


# -- other encodings


@pytest.mark.parametrize(
    "encoding, text, name",
    [
        ("cp1252", "Sir:\n“Manchukuo” – it’s\n", "WINDOWS-1252"),
        ("latin-1", "Sir:\nrésumé, naïve\n", "ISO-8859-1"),
        ("mac-roman", "Sir:\nthe “Manchukuo” and Japan’s “hope” \n", "MACINTOSH"),
        ("shift_jis", "拝啓\n満州国の問題について\n", "SHIFT_JIS"),
    ],
)
def test_what_an_encoding_looks_like_is_said_with_the_command_that_converts_it(
    folder: Path, encoding: str, text: str, name: str
) -> None:
    finding = refused(put(folder, text.encode(encoding)))
    assert finding.code is Code.WRONG_ENCODING
    assert finding.message.endswith(f"the file looks like {name}")
    assert finding.hint == f"convert it: `iconv -f {name} -t UTF-8 text.txt > text-utf8.txt`"


def test_half_of_a_pair_of_surrogates_is_damage_not_another_encoding(folder: Path) -> None:
    finding = refused(put(folder, "Sir: \ud800 I have".encode("utf-8", "surrogatepass")))
    assert finding.message == "byte 0xED at offset 5 is not UTF-8"
    assert "damaged" in str(finding.hint)


def test_the_first_wrong_byte_is_pointed_at(folder: Path) -> None:
    finding = refused(put(folder, "Sir:\nit’s ".encode() + b"\x93Manchukuo\x94\n"))
    assert (finding.where.line, finding.where.column) == (2, 6)
    assert "byte 0x93 at offset 12 is not UTF-8" in finding.message


def test_a_stray_byte_in_utf_8_is_damage_not_another_encoding(folder: Path) -> None:
    finding = refused(put(folder, "“Manchukuo” – “Harbin” ".encode() + b"\xff\n"))
    assert finding.message == "byte 0xFF at offset 33 is not UTF-8"
    assert "damaged" in str(finding.hint)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(folder: Path, name: str) -> None:
    finding = refused(put(folder, "I have the honor to report\n".encode(name)))
    assert finding.code is Code.WRONG_ENCODING
    assert f"looks like {name.upper().replace('-', '').replace('UTF16', 'UTF-16')}" in finding.message


def test_utf_32_is_refused_by_its_mark(folder: Path) -> None:
    assert "UTF-32" in refused(put(folder, "Sir:".encode("utf-32"))).message


# -- what XML cannot hold, and what is too much


@pytest.mark.parametrize("character, name", [("\x0b", "vertical tab"), ("\x1b", "escape"), ("\uffff", "no character")])
def test_a_character_that_xml_forbids_is_pointed_at(folder: Path, character: str, name: str) -> None:
    finding = refused(put(folder, f"Sir:\r\nI have{character} the{character} honor".encode()))
    assert finding.code is Code.CONTROL_CHARACTER
    assert (finding.where.line, finding.where.column) == (2, 7)
    assert f"({name}) cannot stand in XML; 2 such characters" in finding.message


def test_the_hint_for_what_is_no_character_names_a_command_that_removes_it(folder: Path) -> None:
    assert "tr -d" in str(refused(put(folder, b"one\x1btwo")).hint)
    assert refused(put(folder, "one\uffff two".encode())).hint == "remove it"


def test_the_sign_of_a_form_feed_stands_in_its_place(folder: Path) -> None:
    """XML has no place for the character, and each offset stays what it was."""
    assert read(put(folder, b"one\x0ctwo")).text == "one␌two"


def test_form_feeds_alone_are_no_text(folder: Path) -> None:
    assert refused(put(folder, b"\x0c\n\x0c")).code is Code.EMPTY_TEXT


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_line_that_is_too_long_is_refused(folder: Path, end: str) -> None:
    path = put(folder, f"short{end}{'x' * 101}{end}".encode())
    finding = refused(path, limits=Limits(line=100))
    assert (finding.code, finding.where.line) == (Code.LINE_TOO_LONG, 2)
    assert read(path, limits=Limits(line=101)).text.startswith("short")


def test_a_text_that_is_too_large_is_refused(folder: Path) -> None:
    path = put(folder, b"x" * 101)
    assert refused(path, limits=Limits(bytes=100)).code is Code.TEXT_TOO_LARGE
    assert read(path, limits=Limits(bytes=101)).text == "x" * 101


def test_a_device_without_an_end_is_too_large() -> None:
    assert refused(Path("/dev/zero"), limits=Limits(bytes=1000)).code is Code.TEXT_TOO_LARGE


# -- checksums


def test_a_text_that_is_not_the_one_that_its_metadata_mean_is_refused(folder: Path) -> None:
    path = put(folder, b"Sir:")
    put(folder, f'sha256 = "{sha256(b"Sir!").hexdigest()}"'.encode(), "text.toml")
    finding = refused(path)
    assert finding.code is Code.WRONG_CHECKSUM
    assert sha256(b"Sir:").hexdigest() in finding.message


def test_a_checksum_may_be_written_in_capitals(folder: Path) -> None:
    path = put(folder, b"Sir:")
    put(folder, f'sha256 = "{sha256(b"Sir:").hexdigest().upper()}"'.encode(), "text.toml")
    assert read(path).text == "Sir:"
