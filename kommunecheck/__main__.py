"""``python -m kommunecheck``."""

from kommunecheck.cli import main

if __name__ == "__main__":
    main()
