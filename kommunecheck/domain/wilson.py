"""How sure a share is that was counted in some cases."""

from math import sqrt

Z = 1.959963984540054
"""What a normal distribution exceeds on either side in one case of twenty together: the intervals are of 95 %."""


def wilson(errors: int, cases: int) -> tuple[float, float]:
    """The interval that holds the share behind a count with 95 % confidence, after Wilson (1927).

    Unlike the simpler one it stays within 0 and 1, and says something of few cases and of no errors.
    """
    if not cases:
        return 0.0, 1.0
    share, spread = errors / cases, Z * Z / cases
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / cases + spread / (4 * cases))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (max(low, 0.0) if errors else 0.0), (min(high, 1.0) if errors < cases else 1.0)
