"""How a proposal is told, on the page and on the command line."""

from datetime import date, datetime, tzinfo

from store.rules.dates import clock_time, short_day
from store.rules.mail.message import Kind
from store.rules.mail.proposals import Proposal


def effect(proposal: Proposal, today: date, here: tzinfo) -> str:
    """What confirming does, in a few words: “close as rejected”, “log as reply”."""
    by = f" by {short_day(proposal.by, today)}" if proposal.by else ""
    event = proposal.event
    if proposal.kind is Kind.INTERVIEW and event is not None and event.starts_at is not None:
        return f"interview {_when(event.starts_at, today, here)}"
    return {
        Kind.ACKNOWLEDGEMENT: f"log as auto-reply{'; they decide' + by if by else ''}",
        Kind.REPLY: "log as reply",
        Kind.DATE: f"log as reply; they decide{by}",
        Kind.INVITATION: "add an invitation",
        Kind.REJECTION: "close as rejected",
        Kind.OFFER: f"move to offer{'; answer due' + by if by else ''}",
        Kind.INTERVIEW: "log an appointment without a time",
        Kind.CANCELLED: "cancel the interview",
        Kind.NOTHING: "nothing",
    }[proposal.kind]


def _when(moment: datetime, today: date, here: tzinfo) -> str:
    local = moment.astimezone(here)
    return f"{short_day(local.date(), today)} {clock_time(local)}"
