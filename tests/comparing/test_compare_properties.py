"""Random texts written as plain text and as TEI are equal; after any one change they are not."""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SETTINGS = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

words = st.one_of(
    st.text("abcdeé’", min_size=2, max_size=6),
    st.sampled_from(
        ["1937", "17,", "(no.", "5)", "“x”", "—", "-", "U.S.S.R.", "a&b", "<c>", "*", "[etc.]", "4 a.m.", "大使"]
    ),
)


@dataclass(frozen=True)
class Note:
    text: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    pass


@dataclass(frozen=True)
class Name:
    text: tuple[str, ...]


phrases = st.lists(words, min_size=1, max_size=6).map(tuple)
# what is called "note of" cannot be a paragraph of its own by chance
notes = st.builds(Note, phrases.map(lambda text: ("note", "of", *text)))
pieces = st.one_of(words, words, words, words, notes, st.builds(Page), st.builds(Name, phrases))
paragraphs = st.lists(st.lists(pieces, min_size=1, max_size=12), min_size=1, max_size=6)
styles = st.sampled_from(["plain", "raised", "brackets", "braces", "star"])
lists = st.sampled_from(["end, renumbered", "end, labelled", "foot, labelled"])


def callout(mark, style):
    return {
        "raised": mark.translate(RAISED),
        "brackets": f"[^{mark}]",
        "braces": f"^{{{mark}}}",
        "star": mark,
        "plain": mark,
    }[style]


def written(paragraphs, style, listing):
    """The same paragraphs as plain text and as TEI."""
    text, tei, waiting = [], [], []
    number = page = 0
    for paragraph in paragraphs:
        line, markup = "", ""
        for piece in paragraph:
            match piece:
                case Note(content):
                    number += 1
                    mark = "*" * number if style == "star" else str(number + 40)
                    # a note follows a word, as in print
                    line, markup = line + ("" if line.strip() else "word"), markup + ("" if markup.strip() else "word")
                    line = line.rstrip() + callout(mark, style) + " "
                    content = " ".join(content)
                    markup = f"{markup.rstrip()}<note n={quoteattr(mark)} place='foot'>{escape(content)}</note> "
                    label = f"  {number}. " if listing == "end, renumbered" else f"({mark}) "
                    waiting.append(label + content)
                case Page():
                    page += 1
                    line += f"[Page {page}] "
                    markup += f"<pb n='{page}'/>"
                case Name(content):
                    line += " ".join(content) + " "
                    markup += f"<persName>{escape(' '.join(content))}</persName> "
                case word:
                    line += word + " "
                    markup += escape(word) + " "
        text.append(line.rstrip())
        tei.append(f"<p>{markup.rstrip()}</p>")
        if listing.startswith("foot"):
            text += waiting
            waiting = []
    return "\n\n".join(text) + "\n\n" + "\n".join(waiting), "\n".join(tei)


@SETTINGS
@given(paragraphs, styles, lists)
def test_what_was_written_twice_is_the_same(compared, paragraphs, style, listing):
    text, body = written(paragraphs, style, listing)
    assert [str(finding) for finding in compared(text, body).findings] == []


@SETTINGS
@given(paragraphs, styles, lists, st.data())
def test_one_changed_word_is_found(compared, paragraphs, style, listing, data):
    flat = [(i, j) for i, paragraph in enumerate(paragraphs) for j, _ in enumerate(paragraph)]
    i, j = data.draw(st.sampled_from(flat))
    changed = [list(paragraph) for paragraph in paragraphs]
    match paragraphs[i][j]:
        case Note(content):
            changed[i][j] = Note((*content, "zz"))
        case Page():
            changed[i][j] = "zz"
        case Name(content):
            changed[i][j] = Name((*content[:-1], content[-1] + "z"))
        case word:
            changed[i][j] = word + "z"
    text, _ = written(paragraphs, style, listing)
    _, body = written(changed, style, listing)
    assert compared(text, body).findings != ()


@SETTINGS
@given(paragraphs, styles, lists, st.data())
def test_one_lost_piece_is_found(compared, paragraphs, style, listing, data):
    flat = [(i, j) for i, paragraph in enumerate(paragraphs) for j, _ in enumerate(paragraph)]
    i, j = data.draw(st.sampled_from(flat))
    changed = [list(paragraph) for paragraph in paragraphs]
    del changed[i][j]
    text, _ = written(paragraphs, style, listing)
    _, body = written(changed, style, listing)
    assert compared(text, body).findings != ()
