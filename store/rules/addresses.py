"""Whether a text can be an email address: a plain sanity check that no real address fails."""

import re
import unicodedata

_AROUND = re.compile(r"""[\s<>()\[\]\\"]|:""")
"""What stands around an address rather than in one. Quoted names (“"ana ruiz"@…”) are legal, and
nobody has one."""
_BETWEEN = re.compile(r"[,;]")
_LOCAL_AT_MOST, _DOMAIN_AT_MOST, _LABEL_AT_MOST = 64, 253, 63
"""Octets before the @ (RFC 5321, 4.5.3.1), and letters of a domain and of one part of it (RFC 1035,
2.3.4)."""
_TOP_AT_LEAST = 2
_NO_DOMAIN = "there is no domain, such as example.org, after the @"


def address_trouble(text: str) -> str:
    """Why `text`, trimmed and on one line, cannot be an email address; "" when it can be one.

    Letters of any script are fine on both sides, and dots wherever they stand before the @: some
    providers give out such addresses.
    """
    local, at, domain = text.rpartition("@")
    if not at:
        return "there is no @ in it"
    if "@" in local or _BETWEEN.search(text):
        return "there is more than one address in it"
    if _AROUND.search(text) or not text.isprintable():
        return "there is more than the address in it"
    if not local:
        return "there is nothing before the @"
    if len(local.encode()) > _LOCAL_AT_MOST:
        return "the part before the @ is too long"
    labels = domain.split(".")
    top = labels[-1]
    named = len(labels) > 1 and len(domain) <= _DOMAIN_AT_MOST and all(map(_is_label, labels))
    if not named or len(top) < _TOP_AT_LEAST or top.isdigit():
        return _NO_DOMAIN
    return ""


def _is_label(label: str) -> bool:
    """Whether `label` may stand between the dots of a domain."""
    return (
        0 < len(label) <= _LABEL_AT_MOST
        and label.strip("-") == label
        and all(sign == "-" or unicodedata.category(sign)[0] in "LNM" for sign in label)
    )
