"""``teiwright init``: the first files of a project, for a person to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from teiwright.cli.inputs import expand
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.project import PROJECT_FILE
from teiwright.reading import sidecar_of
from teiwright.writing import write_whole

_PROJECT = """\
# A teiwright project. `teiwright build` makes tei/ and out/ of the texts.
# Paths are relative to this file. Remove a `#` to use a setting.

title = {title}
# publisher = "Who publishes the editions"
# date = 1945-06-18               # of publication

sources = ["*.txt"]               # folders, or patterns
# metadata = "metadata.csv"       # one table for all texts, instead of NAME.toml beside each
editions = "tei"                  # yours to edit: what you edited is never written over
output = "out"                    # made anew by each build
views = ["html", "print", "search"]  # and "source", "book", "epub", "text", "data", "docx", "odt"
# address = "https://example.org/letters/html/"  # where `out/html/` will be
# stylesheets = "xslt"            # your own, over those of the program
# fonts = "fonts"                 # a folder of fonts, for scripts that the PDF lacks otherwise
# manifests = "scans/{{id}}.json"   # IIIF manifests on your disk: the pictures of the pages

# [print]                         # the page of PDFs, in millimetres; docs/print.md has the rest
# width = 156
# height = 234

# [licence]                       # of the texts that do not say otherwise
# target = "https://creativecommons.org/publicdomain/mark/1.0/"
# text = "Why, and for what, the texts may be used."

# [authority]                     # the people and places that you know; one file may hold both
# persons = "tei/authority/persons.xml"
# places = "tei/authority/places.xml"

# [[accepted]]                    # a warning that you have looked at: told, but `--strict` does not fail
# code = "TW214"
# document = "letter"             # the text's name, without `.txt`
# count = 1                       # how many of them
# why = "The mark was lost before the text was received."

# [deposit]                       # with it, each build makes a package for archives
# name = "letters"
# description = "What an archive should know."
# creator = "editors"             # who counts as such: "editors", or "authors" of the texts
# contact-name = "Whom it can ask"

# [[deposit.editor]]
# family = "Byron"
# given = "Ada"
"""

_SIDECAR = """\
# What is known of {name}. Remove a `#` to say it; what nobody knows stays unsaid.

# title = "The Ambassador in Japan (Grew) to the Secretary of State"
# kind = "letter"                 # document, despatch, letter, memorandum, report or telegram
# language = "en"
# date = 1933-01-12
# date-note = "What is known of the date otherwise"
received-name = {quoted}
# sha256 = "{digest}"    # if the text must stay as it is

# [[sent]]
# name = "Joseph C. Grew"
# role = "Ambassador in Japan"
# place = "Tokyo"

# [[received]]
# role = "Secretary of State"

# [origin]
# repository = "Who has the original"
# file-number = "761.94/587"
"""


def begin(folder: Path) -> Iterator[Path]:
    """Write what is missing in ``folder``, never over what is there; each file as it is written."""
    if not folder.is_dir():
        a_file = "it is a file, where a folder of texts was expected"
        what = a_file if folder.exists() else "there is no such folder"
        finding = Diagnostic(Code.NOT_FOUND, Location(str(folder)), what, "name the folder that has your texts")
        raise TeiwrightError(finding)
    texts, findings = expand([folder], (".txt",))
    if findings:
        raise TeiwrightError(findings[0])
    title = folder.resolve().name.replace("-", " ").replace("_", " ")
    files = {folder / PROJECT_FILE: _PROJECT.format(title=_quoted(title))}
    for text in texts:
        digest = sha256(text.read_bytes()).hexdigest()
        quoted = _quoted(text.name)
        files[sidecar_of(text)] = _SIDECAR.format(name=_one_line(text.name), quoted=quoted, digest=digest)
    for path, content in files.items():
        if not path.exists():
            write_whole(path, content.encode())
            yield path


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def _quoted(text: str) -> str:
    """A TOML string (TOML 1.0, Basic strings)."""
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
