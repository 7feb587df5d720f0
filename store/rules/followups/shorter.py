"""A follow-up in fewer words, for a list that has no room for all of them.

Light on purpose: every list asks for it.
"""

import re

_FEWER = (
    (r" for the offer,? and ask for the deadline and for it in writing$", ", ask for deadline"),
    (r" for the offer and ask when they need your answer$", " and ask for the deadline"),
    (r" for the offer and ask for it in writing$", " and ask for it in writing"),
    (r" for the offer and say when you will answer$", " and say when you answer"),
    (r"^(confirm your yes) in writing( through .*)? and ask for the written offer$", r"\1\2"),
    (r"^tell the other team( through .*?)? (?:that )?you accepted .*$", r"tell the other team\1"),
    (r"^tell (.*) you accepted another role at .*$", r"tell \1 you accepted elsewhere"),
    (r"^tell (.*) your deadline elsewhere is earlier$", r"tell \1 your earlier deadline"),
    (r"^tell (.*) your deadline elsewhere$", r"tell \1 your deadline"),
    (r"^ask (.*) once more when they need your answer$", r"ask \1 again for the deadline"),
    (r"^ask (.*) when they need your answer$", r"ask \1 for the deadline"),
    (r"^ask (.*) again for the written offer$", r"ask \1 for the written offer"),
    (r"^last day to ask (.*) for more time$", r"ask \1 for more time: last day"),
    (r"^ask (.*) for news on the task you handed in$", r"ask \1 about your task"),
    (r"^ask (.*) for news on the interview$", r"ask \1 about the interview"),
    (r"^ask (.*) when the interview will take place$", r"ask \1 for the interview date"),
    (r"^ask (.*) whether one of your times works$", r"ask \1 about the times you sent"),
    (r"^check the details and reconfirm the time$", "check details, reconfirm the time"),
    (r"^(check the details and reconfirm the time) with .*$", r"\1"),
    (r"^check link or route, names and documents$", "check link, names and documents"),
    (r"^(offer new times for the interview) through .*$", r"\1"),
    (r"^(thank .*) for the interview$", r"\1"),
    (r"^(thank .*) and ask one feedback question$", r"\1, ask for feedback"),
)
"""What a label says, by the first of these that it is, and what is left of it."""


def shorter(label: str) -> str:
    """The label of a follow-up in fewer words; "" where it has none."""
    for words, fewer in _FEWER:
        said = re.sub(words, fewer, label)
        if said != label:
            return said
    return ""
