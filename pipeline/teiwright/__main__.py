"""``python -m teiwright``."""

from teiwright.cli import main

main()
