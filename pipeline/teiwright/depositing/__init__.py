"""What an archive receives: a BagIt bag with an E-ARK SIP in it that is an RO-Crate, and what its forms ask."""

from teiwright.depositing.deposit import Contents, Wish, deposit
from teiwright.depositing.header import Header, read_header
from teiwright.depositing.names import safe_name
from teiwright.depositing.premis import Done
from teiwright.depositing.tree import File, Role

__all__ = ["Contents", "Done", "File", "Header", "Role", "Wish", "deposit", "read_header", "safe_name"]
