"""Any TEI can be loaded; what is no XML, or not safe, is refused with its place."""

import codecs
from pathlib import Path

import pytest

from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.encoding import load, serialize

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'


def put(folder: Path, data: str | bytes) -> Path:
    path = folder / "edition.xml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refused(path: Path) -> Diagnostic:
    with pytest.raises(TeiwrightError) as caught:
        load(path)
    return caught.value.finding


@pytest.mark.parametrize(
    "data",
    [
        f"{TEI}<text>“a”</text></TEI>",
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="a.rng"?>\n<!-- b -->{TEI}<text/></TEI><!-- c -->',
        codecs.BOM_UTF8 + f"{TEI}<text>é</text></TEI>".encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{TEI}<text>é</text></TEI>'.encode("utf-16"),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{TEI}<text>é</text></TEI>'.encode("latin-1"),
        f"<!DOCTYPE TEI>{TEI}<text>a</text></TEI>",
        f"<!DOCTYPE TEI [<!ATTLIST p n CDATA #IMPLIED>]>{TEI}<p><![CDATA[a &b; c]]></p></TEI>",
        f'<!DOCTYPE TEI SYSTEM "http://localhost:9/tei.dtd">{TEI}<text>a &amp; b</text></TEI>',
        f"<!-- <!DOCTYPE TEI [<!ENTITY a 'b'>]> -->{TEI}<text>a</text></TEI>",
    ],
    ids=["plain", "prolog", "mark", "utf-16", "latin-1", "doctype", "subset", "external-dtd", "comment"],
)
def test_any_tei_is_loaded(tmp_path: Path, data: str | bytes) -> None:
    edition = load(put(tmp_path, data))
    assert edition.tree.getroot().tag == "{http://www.tei-c.org/ns/1.0}TEI"
    assert edition.path == tmp_path / "edition.xml"


def test_ids_that_come_twice_are_no_matter_of_loading(tmp_path: Path) -> None:
    edition = load(put(tmp_path, f'{TEI}<p xml:id="a"/><p xml:id="a"/></TEI>'))
    assert len(edition.tree.getroot()) == 2


def test_what_is_loaded_is_written_as_it_was(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?a b?>\n<!-- c -->\n<!DOCTYPE TEI>\n'
        f"{TEI}\n <text>a<!-- b -->\n\n c</text>\n</TEI>\n<?d e?>\n"
    )
    assert serialize(load(put(tmp_path, text))).decode() == text


# -- not well-formed


@pytest.mark.parametrize(
    "data, line, words, hint",
    [
        ("", 0, "the file is empty", "<TEI"),
        (" \n", 0, "the file is empty", "<TEI"),
        ("Sir: I have", 1, "there is text where the first element was expected", "<TEI"),
        (f"{TEI}\n<p>a</q></TEI>", 2, "`</q>` stands where `<p>` of line 2 was to be closed", "in the order"),
        (f"{TEI}\n<p>a</p>", 2, "the file ends before `<TEI>` of line 1 is closed", "cut off"),
        (
            f"{TEI}\n<p n=a'>b</p></TEI>",
            2,
            "the value of an attribute stands without quotation marks",
            "same quotation",
        ),
        (f"{TEI}\n<p>1 < 2</p></TEI>", 2, "a `<` begins no tag", "&lt;"),
        (f'\n<?xml version="1.0"?>{TEI}</TEI>', 2, "the XML declaration does not stand at the very beginning", "empty"),
        (f"{TEI}\n<p>Smith & Sons</p></TEI>", 2, "an `&` begins no reference", "&amp;"),
        (f"{TEI}\n<p>it&rsquo;s</p></TEI>", 2, "the entity `&rsquo;` is not declared", "&#8217;"),
        (f'{TEI}\n<p n="a" n="b"/></TEI>', 2, "the attribute `n` comes twice", "remove or rename"),
        (f"{TEI}</TEI>\n<p/>", 2, "something stands after the end of the root element", "one root element"),
        (f"{TEI}\n<a:p/></TEI>", 2, "the prefix of `<a:p>` is not declared", "xmlns:PREFIX"),
        (f"{TEI}\n<p>\x07</p></TEI>", 2, "the control character with the number 7", "forbids"),
        (f"{TEI}\n<p>".encode() + b"caf\xe9</p></TEI>", 2, "a byte is not of the encoding", "UTF-8"),
    ],
)
def test_what_is_not_well_formed_is_pointed_at(
    tmp_path: Path, data: str | bytes, line: int, words: str, hint: str
) -> None:
    finding = refused(put(tmp_path, data))
    assert finding.code is Code.NOT_WELL_FORMED
    assert finding.where.line == line
    assert words.lower() in finding.message.lower()
    assert hint in str(finding.hint)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.xml").code is Code.NOT_FOUND
    assert refused(tmp_path).code is Code.NOT_READABLE


# -- not safe

BOMB = (
    "<!DOCTYPE TEI [\n<!ENTITY a 'lol'>\n"
    + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>\n".replace("a0", "a") for i in range(1, 10))
    + f"]>{TEI}<p>&a9;</p></TEI>"
)


@pytest.mark.parametrize(
    "data, line",
    [
        (BOMB, 2),
        (f"<!DOCTYPE TEI [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{TEI}<p>&a;</p></TEI>", 1),
        (f"<!DOCTYPE TEI [\n\n<!ENTITY % a SYSTEM 'http://localhost:9/'> %a;]>{TEI}</TEI>", 3),
        (f"<!--\n-->\n<!DOCTYPE TEI [<!ENTITY a 'b'>]>{TEI}<p n='&a;'/></TEI>", 3),
        (codecs.BOM_UTF16_LE + f"<!DOCTYPE TEI [<!ENTITY a 'b'>]>{TEI}</TEI>".encode("utf-16-le"), 1),
        (f'<!DOCTYPE TEI SYSTEM "tei.dtd">{TEI}\n<p>it&rsquo;s</p></TEI>', 2),
        (f'<!DOCTYPE TEI SYSTEM "tei.dtd">{TEI}\n\n<p n="it&rsquo;s"/></TEI>', 3),
        (TEI + "<p>" * 3000 + "</p>" * 3000 + "</TEI>", 1),
    ],
    ids=["bomb", "external", "parameter", "attribute", "utf-16", "unresolved", "unresolved-attribute", "depth"],
)
def test_what_is_not_safe_is_refused(tmp_path: Path, data: str | bytes, line: int) -> None:
    finding = refused(put(tmp_path, data))
    assert (finding.code, finding.where.line) == (Code.UNSAFE_XML, line)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "edition.xml"
    with path.open("wb") as file:
        file.truncate(128 * 1024 * 1024 + 1)
    assert refused(path).code is Code.UNSAFE_XML
