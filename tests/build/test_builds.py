"""A build makes what changed and nothing else, keeps what people edited, and always gives the same bytes."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import bagit
import pytest

from teiwright import writing
from teiwright.build import Build, build
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.project import load_project
from teiwright.remembered import Memory
from teiwright.state import State


def codes(built: Build) -> list[Code]:
    return [finding.code for finding in built.report.findings]


def test_the_first_build_makes_everything(workplace: Any) -> None:
    built = workplace.build()

    assert built.made == ("alpha", "beta", "gamma")
    assert built.report.errors == 0
    made = workplace.digests()
    assert {f"tei/{name}.xml" for name in ("alpha", "beta", "gamma")} < set(made)
    assert {f"out/html/{name}.html" for name in ("alpha", "beta", "gamma", "index")} < set(made)
    assert "out/tei/authority/persons.xml" in made
    bagit.Bag(str(workplace.folder / "out/deposit/letters")).validate()


def test_the_summary_counts_what_is_in_an_edition(workplace: Any) -> None:
    alpha = workplace.build().rows[0]

    assert (alpha.name, alpha.fresh) == ("alpha", True)
    assert alpha.figures == {"words": 31, "notes": 1, "pages": 1, "names": 4}


def test_the_second_build_does_nothing(workplace: Any) -> None:
    first = workplace.build()

    def times() -> dict[Path, int]:
        made = (path for path in workplace.folder.rglob("*") if ".teiwright" not in path.parts)
        return {path: path.stat().st_mtime_ns for path in made}

    before = times()
    second = workplace.build()

    assert second.taken == ()
    assert second.report == first.report
    assert times() == before


@pytest.mark.parametrize("name", ["alpha", "beta"])
def test_a_changed_text_is_made_again_alone(workplace: Any, name: str) -> None:
    workplace.build()
    text = workplace.folder / "texts" / f"{name}.txt"
    text.write_text(text.read_text().replace("text", "letter").replace("noon", "dusk"))

    assert workplace.build().made == (name,)


def test_a_text_that_was_only_touched_is_not_made_again(workplace: Any) -> None:
    workplace.build()
    (workplace.folder / "texts/alpha.txt").touch()

    assert workplace.build().taken == ()


def test_a_new_title_shows_the_neighbours_again_that_link_to_it(workplace: Any) -> None:
    workplace.build()
    (workplace.folder / "texts/alpha.toml").write_text('title = "The First Letter"\n')

    built = workplace.build()

    assert (built.made, built.shown) == (("alpha",), ("alpha", "beta"))


def test_what_was_made_of_a_text_that_is_gone_goes(workplace: Any) -> None:
    workplace.build()
    (workplace.folder / "texts/gamma.txt").unlink()

    built = workplace.build()

    assert built.shown == ("beta",)
    assert not (workplace.folder / "out/html/gamma.html").exists()
    assert b"gamma.html" not in (workplace.folder / "out/html/index.html").read_bytes()
    assert workplace.edition("gamma").is_file()


def test_new_metadata_make_their_text_again(workplace: Any) -> None:
    workplace.build()
    (workplace.folder / "texts/beta.toml").write_text('title = "A Letter"\n')

    built = workplace.build()

    assert (built.made, {"site", "deposit"} - set(built.steps)) == (("beta",), set())
    assert b"A Letter" in workplace.edition("beta").read_bytes()


def test_metadata_may_stand_in_one_table(workplace: Any) -> None:
    settings = workplace.folder / "teiwright.toml"
    settings.write_text('metadata = "known.csv"\n' + settings.read_text())
    (workplace.folder / "known.csv").write_text("file,title\nbeta.txt,A Letter of 1904\n")

    workplace.build()

    assert b"A Letter of 1904" in workplace.edition("beta").read_bytes()


def test_a_table_that_names_no_text_is_reported(workplace: Any) -> None:
    settings = workplace.folder / "teiwright.toml"
    settings.write_text('metadata = "known.csv"\n' + settings.read_text())
    (workplace.folder / "known.csv").write_text("file,title\nbetta.txt,A Letter of 1904\n")

    assert codes(workplace.build()) == [Code.NOT_FOUND]


def test_what_all_depend_on_makes_all_again(workplace: Any) -> None:
    workplace.build()
    path = workplace.folder / "teiwright.toml"
    path.write_text(path.read_text().replace("The Press", "The Other Press"))

    assert workplace.build().made == ("alpha", "beta", "gamma")


def test_a_decision_on_a_convention_makes_all_again_and_a_sidecar_can_decide_otherwise(workplace: Any) -> None:
    name, text = min((path.stem, path.read_text()) for path in (workplace.folder / "texts").glob("*.txt"))
    (workplace.folder / "texts" / f"{name}.txt").write_text(text.replace(" ", " [Page 7] ", 1))
    workplace.build()
    assert '<pb n="7"' in workplace.edition(name).read_text()
    file = workplace.folder / "teiwright.toml"
    file.write_text(file.read_text() + '\n[conventions]\n"page marks in brackets" = "never"\n')
    assert {"alpha", "beta", "gamma"} <= set(workplace.build().taken)
    assert "<pb" not in workplace.edition(name).read_text()
    sidecar = workplace.folder / "texts" / f"{name}.toml"
    sidecar.write_text('[conventions]\n"page marks in brackets" = "always"\n')
    workplace.build()
    assert '<pb n="7"' in workplace.edition(name).read_text()


def test_other_words_about_the_deposit_make_the_deposit_alone(workplace: Any) -> None:
    workplace.build()
    with (workplace.folder / "teiwright.toml").open("a") as settings:
        settings.write('version = "2"\n')

    assert "deposit" in workplace.build().taken
    assert workplace.build().taken == ()


@pytest.mark.parametrize("file", ["out/html/beta.html", "tei/beta.xml"])
def test_what_was_deleted_is_made_again(workplace: Any, file: str) -> None:
    workplace.build()
    before = workplace.digests()
    (workplace.folder / file).unlink()

    assert workplace.build().taken == ("beta",)
    assert workplace.digests() == before


def test_without_its_memory_it_makes_the_same_bytes(workplace: Any) -> None:
    workplace.build()
    before = workplace.digests()
    shutil.rmtree(workplace.folder / ".teiwright")

    assert workplace.build().made == ("alpha", "beta", "gamma")
    assert workplace.digests() == before


def test_where_it_is_started_from_makes_no_difference(workplace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    workplace.build()
    monkeypatch.chdir(workplace.folder)

    built = build(load_project(Path("teiwright.toml")), 0)

    assert built.taken == ()


def test_a_memory_that_makes_no_sense_is_none(workplace: Any) -> None:
    workplace.build()
    memory = workplace.folder / ".teiwright" / "state.sqlite"
    memory.write_bytes(memory.read_bytes()[: memory.stat().st_size // 2])

    assert workplace.build().made == ("alpha", "beta", "gamma")


def test_one_worker_and_eight_make_the_same_bytes(workplace: Any, tmp_path: Path) -> None:
    for number in range(4, 17):  # each worker is worth two texts at least
        (workplace.folder / "texts" / f"letter-{number}.txt").write_text(f"Sir: This is letter {number}.\n")
    other = type(workplace)(tmp_path / "other")
    shutil.copytree(workplace.folder, other.folder)

    one, eight = workplace.build(jobs=1), other.build(jobs=8)

    assert len(one.made) == len(one.shown) == 16
    assert other.digests() == workplace.digests()
    assert one.rows == eight.rows


def test_what_workers_make_of_all_texts_together_does_not_rely_on_what_is_gone(workplace: Any) -> None:
    """The page of a person is made of one letter; another one changes, and meanwhile the page is lost."""
    workplace.build(jobs=2)
    page = next((workplace.folder / "out/html/persons").glob("grew*.html"))
    before = page.read_bytes()
    text = workplace.folder / "texts" / "gamma.txt"
    text.write_text(text.read_text().replace("third", "fourth"))
    page.unlink()

    built = workplace.build(jobs=2)

    assert (built.made, "site" in built.steps) == (("gamma",), True)
    assert page.read_bytes() == before


def test_an_edited_edition_is_kept_and_shown_as_it_stands(workplace: Any) -> None:
    workplace.build()
    edited = workplace.edit("beta")

    built = workplace.build()

    assert codes(built) == [Code.EDITED_BY_HAND]
    assert workplace.edition("beta").read_bytes() == edited
    assert b"Revised" in (workplace.folder / "out/html/beta.html").read_bytes()
    assert (built.made, {"site", "deposit"} - set(built.steps)) == (("beta",), set())
    assert workplace.build().taken == ()
    assert codes(workplace.build()) == [Code.EDITED_BY_HAND]


@pytest.mark.parametrize("wrote", [True, False], ids=["after it wrote", "before it wrote"])
def test_an_edition_is_ours_after_a_build_that_was_killed(workplace: Any, monkeypatch: Any, wrote: bool) -> None:
    workplace.build()
    text = workplace.folder / "texts" / "beta.txt"
    text.write_text("A text that is being made into an edition when the power fails.\n")

    def killed(path: Path, data: bytes) -> None:
        if wrote:
            path.write_bytes(data)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(writing, "write_if_changed", killed)
        edition = workplace.edition("beta")
        recorded = writing.read_record(edition.parent)["beta.xml"]
        writing.write_unless_edited(edition, edition.read_bytes().replace(b"second", b"third"), recorded)
    text.write_text("Another text.\n")

    built = workplace.build()

    assert Code.EDITED_BY_HAND not in codes(built)
    assert b"Another text." in edition.read_bytes()
    assert (edition.parent / writing.RECORD).read_text().count("beta.xml") == 1


def test_the_report_says_where_an_edited_edition_differs(workplace: Any) -> None:
    workplace.build()
    lines = workplace.edition("beta").read_text().splitlines()
    workplace.edit("beta")

    where = workplace.build().report.findings[0].where

    assert where.path == str(workplace.edition("beta"))
    assert "</title>" in lines[where.line - 1]


def test_a_fresh_clone_knows_what_was_edited(workplace: Any) -> None:
    workplace.build()
    edited = workplace.edit("beta")
    shutil.rmtree(workplace.folder / ".teiwright")
    shutil.rmtree(workplace.folder / "out")
    settings = workplace.folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace("The Press", "The Other Press"))

    built = workplace.build()

    assert codes(built) == [Code.EDITED_BY_HAND]
    assert workplace.edition("beta").read_bytes() == edited
    assert b"The Other Press" in workplace.edition("alpha").read_bytes()


def test_an_edition_that_was_edited_and_put_back_is_ours_again(workplace: Any) -> None:
    workplace.build()
    before = workplace.edition("beta").read_bytes()
    workplace.edit("beta")
    workplace.build()
    workplace.edition("beta").write_bytes(before)

    assert codes(workplace.build()) == []


def test_an_edition_that_somebody_else_made_is_never_overwritten(workplace: Any) -> None:
    workplace.edition("beta").write_bytes(b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>")

    built = workplace.build()

    assert Code.EDITED_BY_HAND in codes(built)
    assert workplace.edition("beta").read_bytes() == b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>"


def test_a_word_that_an_editor_lost_is_an_error(workplace: Any) -> None:
    workplace.build()
    path = workplace.edition("gamma")
    path.write_text(path.read_text().replace("second paragraph", "paragraph"))

    built = workplace.build()

    assert Code.WORD_MISSING in codes(built)
    assert "deposit" not in built.taken


def test_an_edition_whose_text_is_gone_is_kept_and_reported(workplace: Any) -> None:
    workplace.build()
    (workplace.folder / "texts/beta.txt").unlink()

    built = workplace.build()

    assert codes(built) == [Code.SOURCE_GONE]
    assert workplace.edition("beta").is_file()


def test_a_bad_text_does_not_stop_the_others(workplace: Any) -> None:
    (workplace.folder / "texts/beta.txt").write_bytes(b"")

    built = workplace.build()

    assert codes(built) == [Code.EMPTY_TEXT]
    assert workplace.edition("alpha").is_file()
    assert workplace.edition("gamma").is_file()
    assert not (workplace.folder / "out/deposit/letters").exists()


def test_a_bad_text_leaves_the_earlier_edition_and_deposit_alone(workplace: Any) -> None:
    workplace.build()
    before = workplace.digests()
    (workplace.folder / "texts/beta.txt").write_bytes(b"\x00\x01\x02binary")

    workplace.build()

    after = workplace.digests()
    assert {name for name in before if before[name] != after[name]} == {"texts/beta.txt"}


def test_two_texts_with_one_id_are_reported(workplace: Any) -> None:
    for name in ("beta", "gamma"):
        (workplace.folder / f"texts/{name}.toml").write_text('id = "the-letter"\n')

    assert Code.SAME_NAME in codes(workplace.build())


def test_source_date_epoch_dates_what_has_no_date(workplace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = workplace.folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace("date = 2020-02-02\n", ""))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    workplace.build()

    assert "Bagging-Date: 1970-01-02" in (workplace.folder / "out/deposit/letters/bag-info.txt").read_text()


def test_a_second_build_at_the_same_time_is_refused(workplace: Any) -> None:
    fcntl = pytest.importorskip("fcntl")
    workplace.build()
    before = workplace.digests()
    (workplace.folder / "texts/beta.txt").write_text("Another text.")

    with (workplace.folder / ".teiwright/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(TeiwrightError) as caught:
            workplace.build()

    assert caught.value.finding.code is Code.BUILD_RUNNING
    assert before.items() - workplace.digests().items() == {("texts/beta.txt", before["texts/beta.txt"])}
    assert workplace.build().made == ("beta",)


def test_what_a_killed_build_left_half_written_is_swept_away(workplace: Any) -> None:
    def killed(items: Iterable[Any], *_: Any) -> Iterator[Any]:
        yield from itertools.islice(items, 1)
        raise KeyboardInterrupt

    workplace.build()
    before = workplace.digests()
    workplace.edition("beta").unlink()
    with pytest.raises(KeyboardInterrupt):
        build(load_project(workplace.folder / "teiwright.toml"), 0, progress=killed)
    for folder in ("tei", "out/html", "out/html/persons"):
        (workplace.folder / folder / ".teiwright-tmp-99-beta.xml").write_text("<TEI")

    workplace.build()

    assert workplace.digests() == before


def test_a_record_that_a_killed_build_left_as_it_came_is_put_in_order(workplace: Any) -> None:
    """Every document was remembered, and the run was killed before the record was put in order."""
    workplace.build()
    record = workplace.folder / "tei" / "teiwright.sha256"
    ordered = record.read_bytes()
    lines = ordered.splitlines(keepends=True)
    record.write_bytes(b"".join([*reversed(lines), lines[0]]))

    assert workplace.build().taken == ()
    assert record.read_bytes() == ordered


def test_an_edition_is_recorded_before_it_is_remembered(workplace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a run killed between the two would leave an edition that is later taken for a person's work."""
    recorded_when_remembered = []
    record = workplace.folder / "tei" / "teiwright.sha256"
    keep = State.keep

    def remembered(state: State, step: str, name: str, memory: Memory) -> Mapping[str, str]:
        if step == "edition":
            recorded_when_remembered.append(f"{name}.xml" in record.read_text())
        return keep(state, step, name, memory)

    monkeypatch.setattr(State, "keep", remembered)
    workplace.build()

    assert recorded_when_remembered == [True, True, True]


def test_the_page_of_a_source_follows_the_text_even_where_the_edition_stays_as_it_was(workplace):
    settings = workplace.folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace('views = ["html"]', 'views = ["html", "source"]'))
    workplace.build()
    page, text = workplace.folder / "out/html/source/gamma.html", workplace.folder / "texts/gamma.txt"
    assert "A third text." in page.read_text()
    assert 'id="L5"' not in page.read_text()
    text.write_text(text.read_text().replace("\n\n", "\n\n\n"))
    workplace.build()
    assert 'id="L5"' in page.read_text()
    settings.write_text(settings.read_text().replace(', "source"', ""))
    workplace.build()
    assert not page.exists()


def test_a_project_that_asks_for_other_folders_gets_its_files_in_these(workplace: Any) -> None:
    workplace.build()
    settings = workplace.folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace("sources =", 'editions = "xml"\noutput = "made"\nsources ='))

    built = workplace.build()

    assert built.report.errors == 0
    assert (workplace.folder / "xml/alpha.xml").is_file()
    assert (workplace.folder / "made/html/index.html").is_file()


def test_a_project_in_which_nothing_can_be_written_is_a_finding(workplace: Any) -> None:
    (workplace.folder / ".teiwright").write_text("no folder")

    with pytest.raises(TeiwrightError) as raised:
        workplace.build()

    assert raised.value.finding.code is Code.NOT_WRITABLE


def test_the_pictures_of_an_edition_come_to_its_pages_and_are_followed(workplace):
    workplace.build()
    edition, scan = workplace.edition("beta"), workplace.folder / "scans/2.gif"
    edition.write_bytes(edition.read_bytes().replace(b'<pb n="2"', b'<pb facs="../scans/2.gif" n="2"', 1))
    assert "TW727" in {finding.code.number for finding in workplace.build().report.findings}
    scan.parent.mkdir()
    scan.write_bytes(b"GIF89a\x08\0\x09\0")
    workplace.build()
    copied, page = workplace.folder / "out/html/pictures/beta/2.gif", workplace.folder / "out/html/beta.html"
    assert copied.read_bytes() == scan.read_bytes()
    scan.write_bytes(b"GIF89a\x08\0\x0a\0 another")
    workplace.build()
    assert copied.read_bytes() == scan.read_bytes()
    assert 'height="10"' in page.read_text()
    scan.unlink()
    workplace.build()
    assert not copied.exists()
    assert "<img" not in page.read_text()


@pytest.mark.parametrize("views", ['"html", "book"', '"print", "book"'])
def test_the_figures_of_an_edition_are_in_the_book_and_are_followed(workplace: Any, views: str) -> None:
    pikepdf, images = pytest.importorskip("pikepdf"), pytest.importorskip("PIL.Image")
    pytest.importorskip("typst", exc_type=ImportError)
    settings, figure = workplace.folder / "teiwright.toml", workplace.folder / "scans/moat.gif"
    settings.write_text(settings.read_text().replace('views = ["html"]', f"views = [{views}]"))
    workplace.build()
    edition = workplace.edition("beta")
    shown = b'<figure><graphic url="../scans/moat.gif"/><figDesc>The moat</figDesc></figure></p>'
    edition.write_bytes(shown.join(edition.read_bytes().rsplit(b"</p>", 1)))
    figure.parent.mkdir()

    def widths() -> list[int]:
        workplace.build()
        with pikepdf.open(workplace.folder / "out/book/book.pdf") as book:
            return [int(image.Width) for page in book.pages for image in page.get_images().values()]

    images.new("P", (8, 1)).save(figure)
    assert widths() == [8]
    images.new("P", (16, 1)).save(figure)
    assert widths() == [16]


def test_the_manifest_of_a_document_brings_pictures_to_its_pages_and_is_followed(workplace):
    settings, scans = workplace.folder / "teiwright.toml", workplace.folder / "scans"
    settings.write_text(settings.read_text().replace("sources =", 'manifests = "scans/{id}.json"\nsources ='))
    workplace.build()
    scans.mkdir()
    (scans / "2.gif").write_bytes(b"GIF89a\x08\0\x09\0")
    (scans / "beta.json").write_text(
        '{"items": [{"label": {"none": ["2"]}, "items": [{"items": [{"body": {"id": "2.gif"}}]}]}]}'
    )
    workplace.build()
    page = workplace.folder / "out/html/beta.html"
    assert 'src="pictures/beta/2.gif"' in page.read_text()
    (scans / "beta.json").unlink()
    workplace.build()
    assert "<img" not in page.read_text()
