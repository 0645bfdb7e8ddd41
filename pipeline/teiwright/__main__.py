"""``python -m teiwright``."""

from teiwright.cli import main

if __name__ == "__main__":
    main()
