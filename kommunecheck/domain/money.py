"""Money is whole øre, and it and shares are rounded in one way."""


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, half away from zero, as the ROUND of a spreadsheet does."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def decimals(numerator: int, denominator: int, places: int) -> str:
    """The quotient, not under 0, as a decimal text with ``places`` decimals, rounded half up."""
    value = half_up(numerator * 10**places, denominator)
    return f"{value // 10**places}.{value % 10**places:0{places}d}"
