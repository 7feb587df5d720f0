"""The page and the pictures: whole, without scripts, and nothing typed is anything but text."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from store.export.anonymous import Veil
from store.export.board import Row
from store.export.flow import flow_picture, funnel_picture
from store.export.page import PageFacts, page_parts
from store.file.database import Database
from store.pipeline import Pipeline
from store.read.history import read_histories, summary
from store.rules.chances.chances import History
from store.rules.stages import Outcome, Stage
from tests.makers import NOW, TODAY, history
from tests.store.export.conftest import rows_of
from tests.tables import each_row

HOSTILE = "<script>alert(1)</script>\"'&amp;<img src=x onerror=y>]]>--><!--"
VOID = {"meta", "br", "img", "link"}


class Page(HTMLParser):
    """What a browser sees: the elements with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.said)


def page_of(database: Database, *, anonymous: bool = False, now: Any = NOW) -> str:
    """The page about the whole board."""
    with closing(database.glance()) as glance:
        histories = read_histories(glance, now)
        cards = {card.id: card for card in glance.cards(closed=None, now=now)}
    seen = PageFacts(now, summary(histories, now.date()), histories, cards, anonymous=anonymous)
    rows = rows_of(database)
    veil = Veil()
    return "".join(page_parts(map(veil.over, rows) if anonymous else rows, seen))


def test_what_is_wide_moves_sideways_on_a_narrow_screen(sample: Database) -> None:
    text = page_of(sample)
    for tag in ("<table", "<svg"):
        assert text.count(tag) == text.count(f"<div class=wide>{tag}") > 0


def test_the_page_is_whole_and_asks_for_nothing(sample: Database) -> None:
    text = page_of(sample)
    page = Page(text)
    kinds = {tag for tag, _ in page.elements}
    assert not kinds & {"script", "link", "img", "iframe", "object", "form", "input"}
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|\bon\w+=", text)
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a"]
    assert all(link and link.startswith("https://") for link in links)
    assert {"Globex", "Staff Engineer", "Interviews ahead", "Closed applications"} <= {
        said.strip() for said in page.said
    }
    for media in ("@media print", "@media screen and (prefers-color-scheme:dark)", "@page"):
        assert media in text


def test_everything_typed_is_text(pipeline: Pipeline, db: Database) -> None:
    words = dict.fromkeys(("location", "salary", "source", "url"), HOSTILE)
    pipeline.add(HOSTILE, HOSTILE, **words, tags=(HOSTILE[:40],))
    pipeline.note(1, HOSTILE)
    pipeline.interview(1, NOW + timedelta(days=1), people=HOSTILE)
    pipeline.remind(1, TODAY, HOSTILE)
    pipeline.add("Closed", "x", url=f'https://x.example/"onmouseover="y{HOSTILE}')
    pipeline.close(2, Outcome.REJECTED, reason=HOSTILE)
    text = page_of(db)
    page = Page(text)
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]
    assert page.text.count("<script>alert(1)</script>") >= 6


def test_anonymous_leaves_out_pay_names_and_notes(sample: Database) -> None:
    page = Page(page_of(sample, anonymous=True))
    for row in rows_of(sample):
        assert row["company"] not in page.text
        for contact in row["contacts"]:
            assert contact["name"] not in page.text
        for note in row["notes"]:
            assert note["text"] not in page.text
        assert not row["salary"] or row["salary"] not in page.text
    assert "Employer 9" in page.text
    assert "Pay, names and notes are left out" in page.text
    assert not [tag for tag, _ in page.elements if tag == "a"]


def test_an_empty_board_has_a_page(db: Database) -> None:
    assert "No applications yet" in Page(page_of(db)).text


# Pictures


def drawn(text: str) -> ET.Element:
    """A picture as a reader of XML reads it."""
    return ET.fromstring(text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))


def texts(picture: ET.Element) -> list[str]:
    return ["".join(each.itertext()) for each in picture.iter() if each.tag.endswith("text")]


def ended(id_: int, outcome: Outcome | None, *stages: Stage) -> History:
    steps = [(TODAY - timedelta(days=9 - place), stage) for place, stage in enumerate(stages)]
    closed = TODAY if outcome else None
    return history(id_, TODAY - timedelta(days=20), steps, outcome=outcome, closed_on=closed)


ALL = [
    ended(1, None),
    ended(2, Outcome.NO_RESPONSE),
    ended(3, Outcome.REJECTED, Stage.FIRST),
    ended(4, Outcome.WITHDRAWN, Stage.FIRST, Stage.SECOND),
    ended(5, Outcome.ACCEPTED, Stage.FIRST, Stage.SECOND, Stage.OFFER),
    ended(6, Outcome.DECLINED, Stage.FIRST, Stage.OFFER),
    ended(7, Outcome.CANCELLED),
]


def test_the_flow_tells_where_they_went() -> None:
    picture = drawn(flow_picture(ALL, TODAY))
    assert texts(picture) == [
        "Applied 7", "First interview 4, 57 %", "Still open 1, 14 %", "No response 1, 14 %",
        "Cancelled by them 1, 14 %", "Further interviews 3, 43 %", "Rejected 1, 14 %",
        "Offer 2, 29 %", "Withdrawn by you 1, 14 %", "Accepted 1, 14 %", "Declined by you 1, 14 %",
    ]  # fmt: skip
    (said,) = [each.text for each in picture.iter() if each.tag.endswith("desc")]
    assert said is not None
    assert said.startswith("7 applications: ")


@pytest.mark.parametrize("many", [1, 3, 500, 10_000])
def test_everything_stays_within_the_picture(many: int) -> None:
    found = [one._replace(id=number) for number in range(many) for one in ALL[: 1 + number % 7]]
    picture = drawn(flow_picture(found, TODAY))
    width, height = (float(size) for size in picture.attrib["viewBox"].split()[2:])
    for each in picture.iter():
        if each.tag.endswith("rect") and each.attrib["class"] != "ground":
            x, y, w, h = (float(each.attrib[name]) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= width
            assert 0 <= y <= y + h <= height


@each_row("found", [[], ALL[:1], [ALL[4]], [ALL[6]]])
def test_few_or_none_make_a_picture_too(found: list[History]) -> None:
    assert texts(drawn(flow_picture(found, TODAY)))[0].startswith(("Applied", "No applications"))


def test_the_flow_alone_has_its_own_colours_for_light_and_dark() -> None:
    text = flow_picture(ALL, TODAY)
    assert text.startswith("<?xml")
    assert "prefers-color-scheme: dark" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_the_funnel_counts_who_came_so_far() -> None:
    picture = drawn(funnel_picture(summary(ALL, TODAY).whole.steps))
    said = texts(picture)
    assert said[:3] == ["Applied", "7", "4 of 7 went on (57 %)"]
    assert said[-2:] == ["Accepted", "1"]


def test_an_application_has_the_pay_in_its_row(row: Callable[..., Row], db: Database) -> None:
    row("Globex", "Engineer", salary="90k")
    assert "90k" in Page(page_of(db)).said
