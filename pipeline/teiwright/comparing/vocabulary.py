"""What TEI's elements are to somebody who reads for the source's own words."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSEEN = _names("""
    teiHeader standOff facsimile sourceDoc xenoData fs
    desc figDesc graphic media binaryObject metamark
    index interp interpGrp span spanGrp link linkGrp join joinGrp alt altGrp substJoin timeline
    listAnnotation annotation certainty precision respons
    rdg witDetail ex
    listPerson listPlace listOrg listBibl
""")
"""Elements whose content is the editor's, not the source's."""

INLINE = _names("""
    hi emph foreign distinct mentioned soCalled term gloss title q quote said
    persName placeName orgName geogName name rs roleName forename surname genName
    nameLink addName objectName eventName
    settlement region country district bloc geogFeat offset affiliation
    date time num measure measureGrp idno ref ptr anchor seg s cl phr w m c pc g
    add del subst restore retrace mod damage unclear supplied surplus gap hand handShift stamp space
    choice sic orig abbr corr reg expan am app lem secl
    stage
    bibl author editor publisher pubPlace biblScope ident code att val gi tag email formula notatedMusic
""")
"""Elements that do not part words; every other element begins and ends a block."""

OF_THE_SOURCE = _names("sic orig abbr am unclear seg choice")
"""The readings of a ``choice`` that the source can have; of several, the first."""

PARTING = _names("opener closer titlePage docTitle docImprint imprimatur address div body front back sp castList")
"""Elements whose children are blocks even where they have the names of words."""

DIVISIONS = _names("div div1 div2 div3 div4 div5 div6 div7 body front back text group attachment")
"""Elements in which a note does not stand at its callout."""

STYLED = _names("hi emph title foreign term soCalled mentioned")
"""Elements that plain text may show by signs around the words."""

MILESTONES = _names("lb cb gb milestone")
"""Empty elements that part words; all but ``lb`` may stand inside one, too."""
