"""Whether a package is what it says: bags, E-ARK submissions, RO-Crates, OCFL; folders, zips and tars."""

from teiwright.verifying.entries import Limits
from teiwright.verifying.verify import Proof, Verdict, verify

__all__ = ["Limits", "Proof", "Verdict", "verify"]
