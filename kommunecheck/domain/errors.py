"""What the user can put right, said in one Danish sentence. Raised before any case is judged: exit status 2."""

from errno import EDQUOT, ENAMETOOLONG, ENOSPC


class UserError(Exception):
    """Usage, configuration or input that no report can be made from. The text is Danish and ready to print.

    It never holds a value from the municipality's rows: values can be persons.
    """


def why(error: OSError) -> str:
    """Why a file could not be opened, in Danish and without its path."""
    if isinstance(error, FileNotFoundError):
        return "findes ikke"
    if isinstance(error, PermissionError):
        return "må ikke åbnes; luk den, hvis den er åben i et andet program, eller få adgang til den"
    if isinstance(error, IsADirectoryError):
        return "er en mappe og ikke en fil"
    if error.errno == ENAMETOOLONG:
        return "har et navn, der er for langt; vælg et kortere"
    return "kan ikke læses eller skrives; kontrollér disken"


def why_unwritten(error: OSError, what: str = "filen") -> str:
    """Why something could not be written: a clause about ``what``, or about what it should have been written on."""
    if is_full(error):
        return "disken er fuld"
    if isinstance(error, FileNotFoundError):
        return "mappen, den skal ligge i, findes ikke"
    return f"{what} {why(error)}"


def is_full(error: OSError) -> bool:
    """Whether there is no more room for what was to be written, on the disk or for the user."""
    return error.errno in (ENOSPC, EDQUOT)
