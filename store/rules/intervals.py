"""How sure a rate from few cases is: Wilson's score interval."""

from math import sqrt
from typing import NamedTuple

INTERVAL_NAME = "95 % Wilson interval"
"""What the bounds are, wherever they are shown."""

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: 2.5 % are left out on either side."""


class Rate(NamedTuple):
    """A share with the bounds of its 95 % Wilson interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson(passed: int, tried: int) -> Rate:
    """The share `passed` of `tried` and its interval, which never leaves 0 to 1.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212; without continuity correction.
    Raises ValueError unless 0 <= passed <= tried and 1 <= tried.
    """
    if not 0 <= passed <= tried or tried < 1:
        raise ValueError(f"{passed} of {tried} is no share")
    share = passed / tried
    weight = tried + _Z * _Z
    middle = (passed + _Z * _Z / 2) / weight
    reach = _Z * sqrt(passed * (tried - passed) / tried + _Z * _Z / 4) / weight
    # At 0 and at all the bound is exact; elsewhere rounding must not cut the share off.
    low = 0.0 if passed == 0 else min(middle - reach, share)
    high = 1.0 if passed == tried else max(middle + reach, share)
    return Rate(share, low, high)
