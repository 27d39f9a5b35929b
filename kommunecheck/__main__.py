"""The ``kommunecheck`` command, and ``python -m kommunecheck``."""

import os
import sys


def main() -> None:
    """Load the command line and hand over to it; Ctrl-C is answered in a sentence already while it loads."""
    try:
        from kommunecheck.cli import main as carry_out
    except KeyboardInterrupt:
        sys.stderr.write("Afbrudt. Der er ikke skrevet nogen rapport.\n")
        sys.stderr.flush()
        os._exit(2)
    carry_out()


if __name__ == "__main__":
    main()
