"""What a link to a posting names: two links to one posting are the same, however they were copied.

Light on purpose: an import asks for every row, and for every card there is.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

_TRACKING = r"""(?x)
    utm_\w+|_?hs\w+|mc_[ce]id|[a-z]*clid|_g[al]|trk\w*|tracking\w*|refid|ref|referr\w*|src
    |source|gh_src|lever-\w+|lipi|licu|li_\w+|ebp|position|pagenum|pagesize|originalsubdomain
    |recommendedflavor|alternatechannel|mid\w+|eid|from|tk|share\w*|si|__jvs[a-z]|jobboardsource
    |campaign\w*|iis|iisn|ccuid|lang|locale|hl"""
"""Parameters, in lower case, that tell how somebody came to a page and never which page it is
(product: those of LinkedIn, Indeed, Greenhouse, Lever and of the usual counters)."""

_NUMBERED = {
    "currentjobid": "linkedin",
    "gh_jid": "greenhouse",
    "jk": "indeed",
    "vjk": "indeed",
    "jl": "glassdoor",
    "joblistingid": "glassdoor",
}
"""Parameters that hold the number of a posting, and whose numbers they are."""
_NUMBER_OF = frozenset(
    """
    job jobid job_id jobnumber jobref jid id req reqid requisition requisitionid posting postingid
    vacancy vacancyid position_id positionid pid offer offerid stellenid stelle ashby_jid
    """.split()  # noqa: SIM905
)
"""Parameters that hold one whose page decides whose it is."""

_LINKEDIN = r"/jobs/view/(?:[^/]*?-)?(\d+)(?:/.*)?"
_GREENHOUSE = r"(?:/[^/]+)?/jobs/(\d+)(?:/.*)?"
_AFTER = r"/(?:apply|application|bewerben|bewerbung|apply/\w+)$"
"""What the form hangs on the address of the posting."""
_OF_ONE = (
    r"(?:.*[-_.])?(?:\d{5,}|[a-z]{0,3}[-_]?\d{5,}(?:-\d+)?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"(?:-[a-z][\w%-]*)?(?:\.html?)?"
)
"""A last part of a path that holds the number of a posting, as job boards write them."""
_ADDRESS_AT_MOST = 4_000
_ADDRESS = r"(?i)(?:https?://|www\.)[^\s<>\"]{3,2000}"
_BARE = r"(?i)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/[^\s<>\"]{2,2000}"
_WEB = ("http", "https", "")
_PORTS = {"http": 80, "https": 443}


class LinkTarget(NamedTuple):
    """What a link names.

    `key` is the same for all links to one page; "" for no link, and for a site without a page,
    which names no posting. `posting` is whether the link itself says that it is one posting, by a
    number, and no page that many share.
    """

    key: str
    posting: bool


def address_in(text: str) -> str:
    """The address that `text` is and nothing else; "" for anything more."""
    if len(text) > _ADDRESS_AT_MOST:
        return ""
    alone = text.strip()
    if re.fullmatch(_ADDRESS, alone):
        return alone if alone.lower().startswith("http") else f"https://{alone}"
    return f"https://{alone}" if re.fullmatch(_BARE, alone) and "." in alone.split("/")[0] else ""


@lru_cache(maxsize=20_000)
def link_target(url: str) -> LinkTarget:
    """What `url` names: its job number where it has one, else its page.

    Without scheme, “www.”, tracking parameters, a slash at the end, and case. Never raises.
    """
    text = url.strip()
    if not text:
        return LinkTarget("", False)
    try:
        parts = urlsplit(text if "://" in text or text.startswith("mailto:") else f"//{text}")
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return LinkTarget(text.casefold(), False)
    if scheme not in _WEB or not host:
        return LinkTarget(text.casefold(), False)
    host = host.removeprefix("www.")
    path = re.sub(r"//+", "/", unquote(parts.path)).casefold().rstrip("/")
    asked = [(name.casefold(), value) for name, value in parse_qsl(parts.query)]
    if number := _number(host, path, asked):
        return LinkTarget(number, True)
    path = re.sub(_AFTER, "", path)
    place = host if port in (None, _PORTS.get(scheme, 443)) else f"{host}:{port}"
    kept = sorted(pair for pair in asked if not _tracks(*pair))
    query = "&".join(f"{name}={value}" for name, value in kept).casefold()
    # A page that is drawn in the browser has its address behind the #.
    inner = parts.fragment.casefold() if parts.fragment.startswith(("/", "!")) else ""
    if not (path or query or inner):
        return LinkTarget("", False)
    key = f"{place}{path}{f'?{query}' if query else ''}{f'#{inner}' if inner else ''}"
    last = inner.rstrip("/").rpartition("/")[2] or path.rpartition("/")[2]
    one = re.fullmatch(_OF_ONE, last) is not None or any(
        name in _NUMBER_OF and re.search(r"\d", value) for name, value in kept
    )
    return LinkTarget(key, one)


def _number(host: str, path: str, asked: list[tuple[str, str]]) -> str:
    """The number by which a job board knows the posting, with the board's name; "" without one."""
    if _is(host, "linkedin") and (found := re.fullmatch(_LINKEDIN, path)):
        return f"linkedin {found[1]}"
    if _is(host, "greenhouse") and (found := re.fullmatch(_GREENHOUSE, path)):
        return f"greenhouse {found[1]}"
    for name, value in asked:
        board = _NUMBERED.get(name)
        if board and value.isalnum() and (board == "greenhouse" or _is(host, board)):
            return f"{board} {value.casefold()}"
    return ""


def _tracks(name: str, value: str) -> bool:
    """Whether a parameter only counts visitors; a “ref” may be the reference of the posting."""
    return re.fullmatch(_TRACKING, name) is not None and not (
        name == "ref" and re.search(r"\d{3}", value)
    )


def _is(host: str, board: str) -> bool:
    """Whether `host` is one of the board's own: de.linkedin.com, job-boards.eu.greenhouse.io."""
    return board in host.split(".")[-3:]
