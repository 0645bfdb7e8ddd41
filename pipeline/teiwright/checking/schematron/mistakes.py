"""What Saxon objects to in a rule, in words for whoever wrote the schema, and at the rule's own line.

Saxon speaks of the stylesheet that was made of the rules, which its author never saw.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

from lxml import etree

from teiwright.checking.schema import refuse
from teiwright.checking.schematron.compiling import origin
from teiwright.checking.wording import quoted

_SAID = re.compile(
    r"(?:Error (?:evaluating |in |near |at char |\{.*\}|\(.*?\)|\d+ |xsl:\S+ )*)?on line (?P<line>\d+)"
    r"(?: column \d+)?(?: of \S+)?:? *(?:(?P<code>[A-Z]{4}\d{4}) )?(?P<why>.*)"
)
_FUNCTION = re.compile(r"Cannot find an? (\S+)-argument function named (?:Q\{[^}]*\})?([\w:.-]+)")
_PREFIX = re.compile(r"prefix \W*([\w.-]+)")
_VARIABLE = re.compile(r"\$([\w:.-]+)")
_TEI = "http://www.tei-c.org/ns/1.0"
_SYNTAX = frozenset({"XPST0003", "XTSE0340"})


def refuse_rule(path: Path, stylesheet: str, said: str) -> NoReturn:
    """Refuse a schema for a rule that Saxon cannot compile or run."""
    match = _SAID.search(said)
    place = origin(stylesheet, int(match["line"])) if match else None
    if match is None or place is None:
        refuse(path, 0, f"a rule of the Schematron is wrong: {said[:200]}", "correct the expression")
    why, hint = _in_words(match["code"] or "", match["why"], stylesheet)
    file, line, expression = place
    refuse(file, line, f"the expression {quoted(expression, 60)} is wrong: {why}", hint)


def _in_words(code: str, why: str, stylesheet: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if code == "XPST0081" and (prefix := _PREFIX.search(why)):
        return f"the prefix {quoted(prefix[1])} is not declared", _declared(prefix[1], stylesheet)
    if code == "XPST0017" and (function := _FUNCTION.search(why)):
        takes = "without arguments" if function[1] in {"0", "zero"} else f"of {function[1]} arguments"
        takes = takes.replace("of 1 arguments", "of one argument")
        hint = "look at its name, and at how many values it takes; functions of other packages are not there"
        return f"there is no function {quoted(function[2])} {takes}", hint
    if code == "XPST0008" and (variable := _VARIABLE.search(why)):
        name = variable[1]
        return (
            f"the variable {quoted('$' + name)} is not declared",
            f'declare it above: `<let name="{name}" value="…"/>`',
        )
    plain = why.removesuffix("...").removesuffix("before ").strip()
    plain = plain.replace("Unexpected token <eof>", "it ends too soon").replace("<eof>", "its end")
    words = plain[:1].lower() + plain[1:160]
    if code in _SYNTAX:
        return words, "look for a bracket, a quotation mark or an operator that is missing or too many"
    return words, "correct the expression"


def _declared(prefix: str, stylesheet: str) -> str:
    known = {uri: name for name, uri in etree.fromstring(stylesheet).nsmap.items() if name}
    if _TEI in known:
        return f'write `{known[_TEI]}:` if TEI is meant, or declare it: `<ns prefix="{prefix}" uri="…"/>`'
    return f'put `<ns prefix="{prefix}" uri="{_TEI}"/>` before the first pattern'
