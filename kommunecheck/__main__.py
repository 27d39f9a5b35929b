"""The ``kommunecheck`` command, and ``python -m kommunecheck``."""

import os
import sys

ALLOCATOR = "_RJEM_MALLOC_CONF"
"""Where the memory allocator that polars brings along looks for its settings, when it is loaded."""
GIVEN_BACK = "dirty_decay_ms:100,muzzy_decay_ms:0"
"""Memory that is not used any more is given back soon: by itself the allocator keeps it for ten seconds, longer than a
run takes, and a large table's would still be held when the next is read."""


def main() -> None:
    """Load the command line and hand over to it; Ctrl-C is answered in a sentence already while it loads."""
    os.environ.setdefault(ALLOCATOR, GIVEN_BACK)
    try:
        from kommunecheck.cli import main as carry_out
    except KeyboardInterrupt:
        sys.stderr.write("Afbrudt. Der er ikke skrevet nogen rapport.\n")
        sys.stderr.flush()
        os._exit(2)
    carry_out()


if __name__ == "__main__":
    main()
