"""What a label says where there is no room for all of it."""

import tomllib
from pathlib import Path

import store
from store.rules.followups.shorter import shorter
from tests.tables import each_row

FILE = Path(store.__file__).parent / "rules/followups/followups.toml"
ROOM = 46
"""Cells of what to do, where a list at 120 columns has the reason as well."""


@each_row(
    ("label", "fewer"),
    [
        (
            "thank them for the offer and ask when they need your answer",
            "thank them and ask for the deadline",
        ),
        ("tell Ana you accepted another role at Globex", "tell Ana you accepted elsewhere"),
        ("ask Kim when they need your answer", "ask Kim for the deadline"),
        ("thank Ana, Bo and 2 others for the interview", "thank Ana, Bo and 2 others"),
        (
            "check the details and reconfirm the time with Kim",
            "check the details and reconfirm the time",
        ),
        ("follow up on your application", ""),
        ("call Ana", ""),
    ],
)
def test_a_label_has_fewer_words(label: str, fewer: str) -> None:
    assert shorter(label) == fewer


def test_every_label_has_words_that_fit() -> None:
    file = tomllib.loads(FILE.read_text(encoding="utf-8"))
    labels = [
        *file["labels"].values(),
        *file["recruiter_labels"].values(),
        *file["person_labels"].values(),
    ]
    said = {
        "recruiter": "Chris Redfield",
        "person": "Nina Sharp",
        "people": "Ana Ruiz and Bo Lindqvist",
        "company": "Massive Dynamic",
        "promise": "send the sample",
        "task": "the sample",
        "deadline": "Fri 27 Nov 17:00",
    }
    for label in labels:
        whole = label.format(**said)
        assert min(len(whole), len(shorter(whole)) or ROOM + 1) <= ROOM, whole
