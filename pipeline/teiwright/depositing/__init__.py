"""What a repository receives: a BagIt 1.0 bag (RFC 8493), as a folder or as one file."""

from teiwright.depositing.archive import write_zip
from teiwright.depositing.bag import make_bag
from teiwright.depositing.contents import BagInfo, Contents, describe, safe_name
from teiwright.depositing.deposit import deposit
from teiwright.depositing.verifying import verify

__all__ = ["BagInfo", "Contents", "deposit", "describe", "make_bag", "safe_name", "verify", "write_zip"]
