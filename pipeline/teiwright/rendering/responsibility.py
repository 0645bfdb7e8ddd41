"""Who says what an element says, and how sure they were."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from teiwright.rendering.tei import TEI, XML_ID, plain


@dataclass(slots=True)
class Responsibility:
    """Who, a program or a person, says what an element says, and how sure they were (``@resp``, ``@cert``)."""

    named: dict[str, etree._Element]
    told: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> Responsibility:
        """Those whom the header names: ``respStmt``, and what stands in ``titleStmt``."""
        header = root.find(f"{TEI}teiHeader")
        if header is None:
            return cls({})
        found = (*header.iter(f"{TEI}respStmt"), *(one for title in header.iter(f"{TEI}titleStmt") for one in title))
        return cls({str(one.get(XML_ID)): one for one in found if isinstance(one.tag, str) and one.get(XML_ID)})

    def of_what(self, resp: str, cert: str) -> tuple[str, bool]:
        """In words, and whether it was a program. One that nobody describes is taken for one if it says how sure."""
        if (resp, cert) not in self.told:
            known = [self.named[one[1:]] for one in resp.split() if one[:1] == "#" and one[1:] in self.named]
            software = any(name.get("type") == "software" for one in known for name in one.iterfind(f"{TEI}name"))
            by_program = bool(resp) and (software if known else bool(cert))
            names = (next(one.iter(f"{TEI}name", f"{TEI}persName"), None) for one in known)
            who = ["by program"] if by_program else [f"by {plain(name)}" for name in names if name is not None]
            sure = [f"certainty {cert}"] if cert in {"high", "medium", "low", "unknown"} else []
            self.told[resp, cert] = ", ".join((*who, *sure)), by_program
        return self.told[resp, cert]
