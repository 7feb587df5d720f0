"""The public holidays of a country: days that are no business days.

A file of its own: the settings and each kind of value ask it.
"""

from collections.abc import Container
from datetime import date

from store.rules.text import Refused, quoted

_EXAMPLES = "Write it as two letters, such as DE, with a part of the country as in DE-BY."


def days_off(country: str) -> Container[date]:
    """The public holidays of `country`, of any year; none when it is empty.

    `country` is an ISO 3166 code of two letters, with a subdivision if wanted ("DE", "DE-BY").
    Raises Refused for one that is not known, and when the library that knows holidays is missing.
    """
    if not country:
        return frozenset[date]()
    try:
        # A third of a second: only for those who set a country.
        from holidays import country_holidays, list_supported_countries
    except ImportError:
        raise Refused(
            "Holidays need the Python package “holidays”. "
            "Install it, or remove the country from the config file."
        ) from None
    code, dash, part = country.strip().upper().partition("-")
    known = list_supported_countries()
    if code not in known:
        raise Refused(f"There are no holidays for {quoted(country)}. {_EXAMPLES}")
    parts = {name.upper(): name for name in known[code]}
    if dash and part not in parts:
        there_are = f"Parts of {code} are {', '.join(known[code])}." if parts else _EXAMPLES
        raise Refused(f"{code} has no part {quoted(part)}. {there_are}")
    return country_holidays(code, subdiv=parts.get(part))
