"""``kommunecheck raadighed draw``."""

import click


@click.group()
def raadighed() -> None:
    """Rådighedstilsynet."""
