"""The proof: every character of the source is in the edition, or became markup there, and nothing was added.

``compare`` knows two files and nothing else: not who made the TEI, nor how.
"""

from teiwright.comparing.accounting import Account, account, compare, compare_and_account
from teiwright.comparing.corresponding import corresponding

__all__ = ["Account", "account", "compare", "compare_and_account", "corresponding"]
