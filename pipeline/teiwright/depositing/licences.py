"""The identifier that SPDX gives to a licence, told from its address; one that is not in its list has none."""

from __future__ import annotations

import re

from teiwright.model import Licence

_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,5}))?/?(?:deed.*)?"
)
_VERSIONS = {
    "by": "1.0 2.0 2.5 2.5-AU 3.0 3.0-AT 3.0-AU 3.0-DE 3.0-IGO 3.0-NL 3.0-US 4.0",
    "by-nc": "1.0 2.0 2.5 3.0 3.0-DE 4.0",
    "by-nc-nd": "1.0 2.0 2.5 3.0 3.0-DE 3.0-IGO 4.0",
    "by-nc-sa": "1.0 2.0 2.0-DE 2.0-FR 2.0-UK 2.5 3.0 3.0-DE 3.0-IGO 4.0",
    "by-nd": "1.0 2.0 2.5 3.0 3.0-DE 4.0",
    "by-sa": "1.0 2.0 2.0-UK 2.1-JP 2.5 3.0 3.0-AT 3.0-DE 3.0-IGO 4.0",
}
"""Those of https://spdx.org/licenses/; many national versions of Creative Commons are not among them."""

_OTHERS = {
    "creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
    "creativecommons.org/publicdomain/mark/1.0": "CC-PDM-1.0",
    "opensource.org/licenses/mit": "MIT",
}


def spdx(licence: Licence) -> str | None:
    """The identifier, if the address is one of a known form."""
    target = licence.target or ""
    if match := _CREATIVE_COMMONS.fullmatch(target):
        kind = "by-nc-nd" if match[1] == "by-nd-nc" else match[1]  # its older name
        version = f"{match[2]}-{match[3].upper()}" if match[3] else match[2]
        return f"CC-{kind.upper()}-{version}" if version in _VERSIONS.get(kind, "").split() else None
    bare = re.sub(r"^https?://|(/deed\.?\w*)?/?$", "", target.lower())
    return _OTHERS.get(bare)
