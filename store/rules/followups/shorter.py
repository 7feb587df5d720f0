"""A follow-up in fewer words, for a list that has no room for all of them.

Light on purpose: every list asks for it.
"""

import re

_FEWER = (
    (
        " for the offer",
        r" for the offer,? and ask for the deadline and for it in writing$",
        ", ask for deadline",
    ),
    (
        " and ask when they need your answer",
        r" for the offer and ask when they need your answer$",
        " and ask for the deadline",
    ),
    (
        " and ask for it in writing",
        r" for the offer and ask for it in writing$",
        " and ask for it in writing",
    ),
    (
        " and say when you will answer",
        r" for the offer and say when you will answer$",
        " and say when you answer",
    ),
    (
        "confirm your yes in writing",
        r"^(confirm your yes) in writing( through .*)? and ask for the written offer$",
        r"\1\2",
    ),
    (
        "tell the other team",
        r"^tell the other team( through .*?)? (?:that )?you accepted .*$",
        r"tell the other team\1",
    ),
    (
        " you accepted another role at ",
        r"^tell (.*) you accepted another role at .*$",
        r"tell \1 you accepted elsewhere",
    ),
    (
        " your deadline elsewhere is earlier",
        r"^tell (.*) your deadline elsewhere is earlier$",
        r"tell \1 your earlier deadline",
    ),
    (" your deadline elsewhere", r"^tell (.*) your deadline elsewhere$", r"tell \1 your deadline"),
    (
        " once more when they need your answer",
        r"^ask (.*) once more when they need your answer$",
        r"ask \1 again for the deadline",
    ),
    (
        " when they need your answer",
        r"^ask (.*) when they need your answer$",
        r"ask \1 for the deadline",
    ),
    (
        " again for the written offer",
        r"^ask (.*) again for the written offer$",
        r"ask \1 for the written offer",
    ),
    (
        "last day to ask ",
        r"^last day to ask (.*) for more time$",
        r"ask \1 for more time: last day",
    ),
    (
        " the task you handed in",
        r"^ask (.*) for news on the task you handed in$",
        r"ask \1 about your task",
    ),
    (
        " for news on the interview",
        r"^ask (.*) for news on the interview$",
        r"ask \1 about the interview",
    ),
    (
        " when the interview will take place",
        r"^ask (.*) when the interview will take place$",
        r"ask \1 for the interview date",
    ),
    (
        " whether one of your times works",
        r"^ask (.*) whether one of your times works$",
        r"ask \1 about the times you sent",
    ),
    (
        "reconfirm the time",
        r"^check the details and reconfirm the time$",
        "check details, reconfirm the time",
    ),
    ("reconfirm the time with ", r"^(check the details and reconfirm the time) with .*$", r"\1"),
    (
        "check link or route",
        r"^check link or route, names and documents$",
        "check link, names and documents",
    ),
    ("offer new times", r"^(offer new times for the interview) through .*$", r"\1"),
    (" for the interview", r"^(thank .*) for the interview$", r"\1"),
    (
        " and ask one feedback question",
        r"^(thank .*) and ask one feedback question$",
        r"\1, ask for feedback",
    ),
)
"""Words that a label has, what it says in full, and what is left of it: the first that it is. The
words are looked for before, since few of the patterns are ever needed."""


def shorter(label: str) -> str:
    """The label of a follow-up in fewer words; "" where it has none."""
    for part, words, fewer in _FEWER:
        if part in label and (shortened := re.sub(words, fewer, label)) != label:
            return shortened
    return ""
