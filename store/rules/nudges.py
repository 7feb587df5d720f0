"""Which follow-ups write to the employer unasked. Light: `rounds due` loads it."""

INQUIRIES = frozenset({"inquire", "ask_slot", "ask_time", "ask_letter", "ask_counter"})
"""The actions that ask the employer how it stands; at most one of them is planned at a time."""

NUDGES = INQUIRIES | {"tell_date"}
"""The actions that write to the employer unasked: never with no contact wanted (knowledge A.2).
Thank-yous and answers are none, and neither is telling one's own recruiter how it went."""
