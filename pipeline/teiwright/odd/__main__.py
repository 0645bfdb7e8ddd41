"""``python -m teiwright.odd`` is ``teiwright odd``."""

import sys

from teiwright.cli import main

main(["odd", *sys.argv[1:]])
