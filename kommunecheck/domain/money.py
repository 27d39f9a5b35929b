"""Money is whole øre, and rounded in one way."""


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, half away from zero, as the ROUND of a spreadsheet does."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)
