"""The formats that are known: the samples, and for each a second file, written from what its
exporter says of it and with the columns in another order, in another case and with more of them.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from store.exchange.document import Document
from store.exchange.files import read_document, read_file
from store.exchange.incoming import Acquaintance, Incoming, Parsed, StageStep
from store.exchange.known import formats
from store.exchange.mapping import Choices
from store.exchange.reading import ROLE_UNKNOWN
from store.exchange.trello import split_name
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 28)
SAMPLES = Path(__file__).with_name("samples")


def read(content: str | bytes, name: str = "file") -> Parsed:
    data = content if isinstance(content, bytes) else content.encode()
    return read_document(Document.of(name, data), TODAY)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def standing(parsed: Parsed) -> dict[str, int]:
    """How many stand where: "first", "applied rejected"."""
    return Counter(f"{row.stage} {row.outcome or ''}".strip() for row in parsed.rows)


@each_row(
    ("file", "name", "counts", "saved", "problems"),
    [
        (
            "simplify.csv",
            "Simplify",
            {
                "applied": 19,
                "first": 11,
                "applied rejected": 10,
                "offer": 8,
                "applied no-response": 4,
                "first no-response": 2,
                "offer no-response": 1,
            },
            5,
            [],
        ),
        (
            "careerflow_jobs_export.csv",
            "Careerflow",
            {"applied": 23, "applied rejected": 13, "first": 10, "offer": 4},
            10,
            [7, 19, 38],
        ),
        (
            "jobsync_jobs.csv",
            "JobSync",
            {
                "applied": 16,
                "applied no-response": 10,
                "applied rejected": 10,
                "offer": 7,
                "first": 7,
            },
            10,
            [],
        ),
        ("teal.csv", "Teal", {"first": 16, "offer accepted": 14, "offer": 9, "applied": 5}, 16, []),
        ("linkedin_job_applications.csv", "LinkedIn", {"applied": 122}, 0, [141]),
    ],
)
def test_the_samples_are_read_whole(
    file: str, name: str, counts: dict[str, int], saved: int, problems: list[int]
) -> None:
    parsed = read_file(SAMPLES / file, TODAY)
    assert parsed.format == name
    assert standing(parsed) == counts
    assert len(parsed.saved) == saved
    assert [problem.line for problem in parsed.problems] == problems
    assert not parsed.guessed


@each_row(
    ("file", "companies"),
    [
        ("li-nnbsp.csv", 3),
        ("li-mac-cr.csv", 2),
        ("li-utf16tab.csv", 1),
        ("li-german-resave.csv", 1),
        ("li-preamble.csv", 1),
        ("li-trailing-comma.csv", 2),
        ("li-entities.csv", 2),
    ],
)
def test_linkedins_list_is_read_as_others_have_saved_it(file: str, companies: int) -> None:
    parsed = read_file(SAMPLES / file, TODAY)
    assert len(parsed.rows) == companies
    assert all(row.applied_on is not None for row in parsed.rows)
    assert parsed.problems == ()


def test_what_html_would_show_is_read_as_it_shows_it() -> None:
    first, _ = read_file(SAMPLES / "li-entities.csv", TODAY).rows
    assert (first.company, first.role) == ("AT&T", "R&D, C++ <x>")


class Second(NamedTuple):
    """A second file of a format, and what its rows say: company, role, day, stage, end, its day."""

    name: str
    content: str | bytes
    rows: list[tuple[str, str, date | None, str, str | None, date | None]]
    saved: int = 0


def xlsx(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def zipped(**files: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return made.getvalue()


def serial(text: str) -> int:
    return (day(text) - date(1899, 12, 30)).days


LINKEDIN_HEAD = "Application Date,Contact Email,Company Name,Job Title,Job Url"

SECOND = [
    Second(
        "LinkedIn",
        zipped(
            **{
                "Complete_LinkedInDataExport_11-20-2026/Jobs/Job Applications.csv": LINKEDIN_HEAD
                + '\n"9/1/26, 1:00 PM",me@x.example,Globex,SRE,https://x.example/1\n',
                "Complete_LinkedInDataExport_11-20-2026/Jobs/Job Applications_1.csv": LINKEDIN_HEAD
                + "\n8/15/26,me@x.example,Initech,Dev,\n",
                "Complete_LinkedInDataExport_11-20-2026/Jobs/Job Applications_10.csv": LINKEDIN_HEAD
                + "\n8/16/26,me@x.example,Hooli,Dev,\n",
                "Complete_LinkedInDataExport_11-20-2026/Jobs/Saved Jobs.csv": "Saved Date,Job Url,"
                'Job Title,Company Name\n"9/1/26, 1:00 PM",https://x.example/9,Cook,Stark\n',
                "Complete_LinkedInDataExport_11-20-2026/Connections.csv": 'Notes:\n"When '
                'exporting, some are missing."\n\nFirst Name,Last Name,URL,Email Address,Company,'
                "Position,Connected On\nAna,Ruiz,u,,Globex,Lead,05 Mar 2024\n",
                "Complete_LinkedInDataExport_11-20-2026/Job Applicant Saved Screening Question "
                "Responses.csv": "Question,Answer\nVisa?,No\n",
                "Complete_LinkedInDataExport_11-20-2026/messages.csv": '"FROM","TO"\n"a","b"\n',
                "Complete_LinkedInDataExport_11-20-2026/Rich_Media/photo.jpg": b"\xff\xd8",
            }
        ),
        [
            ("Globex", "SRE", day("09-01"), "applied", None, None),
            ("Initech", "Dev", day("08-15"), "applied", None, None),
            ("Hooli", "Dev", day("08-16"), "applied", None, None),
        ],
        saved=1,
    ),
    Second(
        "Simplify",
        "\ufeffSTATUS,Company Name,Job Title,Job URL,Applied Date,Status Date,Archived,"
        "Date Archived,Notes,New Column\n"
        "APPLIED,Globex,SRE,https://x.example/1,2026-10-01,2026-10-01,No,N/A,,x\n"
        "REJECTED,Initech,Dev,,2026-10-02,2026-10-20,No,N/A,,\n"
        "SAVED,Hooli,Dev,,N/A,N/A,No,N/A,,\n"
        "APPLIED,Stark,Dev,,2026-10-03,2026-10-03,true,2026-11-01,,\n",
        [
            ("Globex", "SRE", day("10-01"), "applied", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "rejected", day("10-20")),
            ("Stark", "Dev", day("10-03"), "applied", "no-response", day("11-01")),
        ],
        saved=1,
    ),
    Second(
        "Careerflow",
        xlsx(
            ["Id", "Company Name", "Job Title", "Status", "Date Added (UTC)", "Date Applied (UTC)",
             "Date Interviewed (UTC)", "Date Offered (UTC)", "Date Rejected (UTC)", "Job Link"],
            [1, "Globex", "SRE", "Interviewing", serial("10-01"), serial("10-02"),
             serial("10-09") + 0.5, None, None, "https://x.example/1"],
            [2, "Initech", "Dev", "Rejected", day("10-01"), day("10-02"),
             None, None, serial("10-30"), None],
            [3, "Hooli", "Dev", "Saved", serial("10-01"), None, None, None, None, None],
        ),
        [
            ("Globex", "SRE", day("10-02"), "first", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "rejected", day("10-30")),
        ],
        saved=1,
    ),
    Second(
        "JobSync",
        "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,"
        "JobSource,Status\n"
        "1,2026-10-01,Yes,2026-10-02,Globex,SRE,Full Time,Remote,Bern,Indeed,Interview\n"
        "2,2026-10-01,No,N/A,Initech,Dev,Unknown,,,,Applied\n"
        "3,2026-10-01,Yes,2026-10-03,Hooli,Dev,Contract,,,,Expired\n",
        [
            ("Globex", "SRE", day("10-02"), "first", None, None),
            ("Hooli", "Dev", day("10-03"), "applied", "no-response", None),
        ],
        saved=1,
    ),
    Second(
        "Teal",
        "status,role,company_name,applied_at,excitement,min_salary,max_salary,salary_currency,"
        "updated_at,archived_at\n"
        '"{""name"":""negotiating"",""archived_at"":""""}",SRE,Globex,2026-10-02T09:00:00Z,4,1,2,'
        "EUR,2026-11-01T09:00:00Z,\n"
        '"{""name"":""bookmarked""}",Dev,Initech,,,,,,2026-11-01T09:00:00Z,\n'
        '"{""name"":""applied""}",Dev,Hooli,2026-10-02T09:00:00Z,,,,,2026-11-01T09:00:00Z,'
        "2026-11-02T09:00:00Z\n",
        [
            ("Globex", "SRE", day("10-02"), "offer", None, None),
            ("Hooli", "Dev", day("10-02"), "applied", "no-response", day("11-01")),
        ],
        saved=1,
    ),
    Second(
        "Huntr",
        zipped(
            USER_JOBS_USER_FULL_DATA_DOWNLOAD_csv="id,createdAt,title,salary,location,url,"
            "htmlDescription,deadline,lastMovedAt,boardID,listName,companyId,companyName\n"
            "1,2026-10-01T00:00:00Z,SRE,100k,Bern,https://x.example/1,<p>Do <b>it</b></p><ul>"
            "<li>well</li></ul>,,2026-10-20T00:00:00Z,b,Interview,c,Globex\n"
            "2,2026-10-01T00:00:00Z,Dev,,,,,,2026-10-02T00:00:00Z,b,Wishlist,c,Initech\n"
            "3,2026-10-01T00:00:00Z,Dev,,,,,,2026-10-05T00:00:00Z,b,Rejected,c,Hooli\n",
            USER_ACTIVITIES_USER_FULL_DATA_DOWNLOAD_csv="id,createdAt,title,note,jobId,boardID,"
            "companyName,activityCategoryName\n1,2026-10-01T00:00:00Z,Apply,,1,b,Globex,Apply\n",
            USER_LISTS_USER_FULL_DATA_DOWNLOAD_csv="id,columnName,createdAt,boardID,boardName\n"
            "1,Wishlist,2026-10-01T00:00:00Z,b,Mine\n",
        ),
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("Hooli", "Dev", day("10-01"), "applied", "rejected", day("10-05")),
        ],
        saved=1,
    ),
    Second(
        "JustAJobApp",
        "Date Received,Sender Name,Sender Email,Subject,Status Label\n"
        "2026-10-01,Globex Recruiting,jobs@globex.example,Thank you for your application for the "
        "SRE role,Application confirmation\n"
        "2026-10-09,Globex,ana@globex.example,Let us talk,Interview invitation\n"
        "2026-10-02,no-reply,no-reply@initech.example,Your application to Senior Dev at Initech,"
        "Application confirmation\n"
        "2026-10-22,no-reply,no-reply@initech.example,Your application to Senior Dev at Initech,"
        "Rejection\n"
        "2026-10-03,A Shop,news@shop.example,'=Sale,False positive\n",
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("Initech", "Senior Dev", day("10-02"), "applied", "rejected", day("10-22")),
        ],
    ),
    Second(
        "Reactive Resume",
        "Employer,Position,Stage,Stage Entered At,Applied Date,Compensation,Tags,Job Posting\n"
        "Globex,SRE,screening,2026-10-20,2026-10-01,100k,a; b|c,https://x.example/1\n"
        "Initech,Dev,rejected,2026-10-21,2026-10-02,,,\n"
        "Hooli,Dev,saved,2026-10-21,,,,\n",
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "rejected", day("10-21")),
        ],
        saved=1,
    ),
    Second(
        "Trello",
        "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List ID,List Name,"
        "Board ID,Board Name,Archived,Last Activity Date,Due Reminder\n"
        "1,Globex – SRE,https://trello.com/c/1,see https://x.example/1,remote (green),,,l,"
        "1. Applied,b,Jobs,false,2026-10-05T09:00:00.000Z,\n"
        "2,Dev at Initech,https://trello.com/c/2,,,,,l,Phone screen,b,Jobs,false,2026-10-06,\n"
        "3,Hooli,https://trello.com/c/3,,,,,l,Absage,b,Jobs,false,2026-10-07,\n"
        "4,Stark: Cook,https://trello.com/c/4,,,,,l,To apply,b,Jobs,false,2026-10-07,\n",
        [
            ("Globex", "SRE", day("10-05"), "applied", None, None),
            ("Initech", "Dev", None, "first", None, None),
            ("Hooli", "Role unknown", None, "applied", "rejected", day("10-07")),
        ],
        saved=1,
    ),
    Second(
        "Trello",
        json.dumps(
            {
                "lists": [
                    {"id": "a", "name": "Applied"},
                    {"id": "i", "name": "Interview"},
                    {"id": "o", "name": "Offer"},
                    {"id": "w", "name": "Wishlist"},
                ],
                "cards": [
                    {"id": "1", "name": "Globex - SRE", "idList": "o", "desc": "x", "closed": False,
                     "labels": [{"name": "remote"}], "url": "https://trello.com/c/1"},
                    {"id": "2", "name": "Initech - Dev", "idList": "w", "closed": False},
                    {"id": "3", "name": "Hooli - Dev", "idList": "a", "closed": True,
                     "dateLastActivity": "2026-11-01T09:00:00.000Z"},
                ],
                "actions": [
                    {"type": "updateCard", "date": "2026-10-20T09:00:00.000Z", "data": {
                        "card": {"id": "1"}, "listBefore": {"name": "Interview"},
                        "listAfter": {"name": "Offer"}}},
                    {"type": "updateCard", "date": "2026-10-10T09:00:00.000Z", "data": {
                        "card": {"id": "1"}, "listBefore": {"name": "Applied"},
                        "listAfter": {"name": "Interview"}}},
                    {"type": "updateCard", "date": "2026-10-01T09:00:00.000Z", "data": {
                        "card": {"id": "1"}, "listBefore": {"name": "Wishlist"},
                        "listAfter": {"name": "Applied"}}},
                    {"type": "createCard", "date": "2026-09-30T09:00:00.000Z", "data": {
                        "card": {"id": "3"}, "list": {"name": "Applied"}}},
                    {"type": "commentCard", "date": "2026-10-02T09:00:00.000Z", "data": {
                        "card": {"id": "1"}}},
                ],
            }
        ),
        [
            ("Globex", "SRE", day("10-01"), "offer", None, None),
            ("Hooli", "Dev", day("09-30"), "applied", "no-response", day("11-01")),
        ],
        saved=1,
    ),
    Second(
        "jobhound",
        json.dumps(
            {
                "schema_version": 2,
                "timestamp": "2026-11-20T09:00:00Z",
                "opportunities": [
                    {"slug": "globex-sre", "company": "Globex", "role": "SRE", "status": "screen",
                     "priority": "high", "applied_on": "2026-10-01T09:00:00Z",
                     "last_activity": "2026-10-12T09:00:00Z", "comp_range": "100k",
                     "tags": ["remote", "python"], "archived": False,
                     "contacts": [{"name": "Ana Ruiz", "role": "HR", "channel": "mail"}],
                     "links": {"posting": "https://x.example/1"}, "next_action": "call Ana"},
                    {"slug": "i", "company": "Initech", "role": "Dev", "status": "ghosted",
                     "priority": "low", "applied_on": "2026-10-02T09:00:00Z", "tags": [],
                     "contacts": [], "links": {}, "archived": True},
                    {"slug": "h", "company": "Hooli", "role": "Dev", "status": "prospect",
                     "priority": "low", "tags": [], "contacts": [], "links": {},
                     "archived": False},
                    {"slug": "s", "company": "Stark", "role": "Dev", "status": "declined",
                     "priority": "low", "applied_on": "2026-10-03T09:00:00Z",
                     "last_activity": "2026-11-03T09:00:00Z", "archived": True},
                ],
            },
            indent=2,
        ),
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "no-response", None),
            ("Stark", "Dev", day("10-03"), "offer", "declined", day("11-03")),
        ],
        saved=1,
    ),
    Second(
        "jobless",
        json.dumps(
            [
                {"id": 1, "title": "SRE", "company": {"id": 3, "name": "Globex"},
                 "status": "interviewing", "date_applied": "2026-10-01T00:00:00",
                 "location_type": "remote", "salary_range": "100k", "skills": [{"name": "Go"}],
                 "notes": None, "url": "https://x.example/1"},
                {"id": 2, "title": "Dev", "company": "Initech", "status": "closed",
                 "date_applied": "2026-10-02", "location_type": "on-site", "skills": []},
                {"id": 3, "title": "Dev", "company": "Hooli", "status": "saved",
                 "date_applied": None, "location_type": "on-site", "skills": []},
            ]
        ),
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "cancelled", None),
        ],
        saved=1,
    ),
    Second(
        "ghosted",
        json.dumps(
            [
                {"id": "x", "company": "Globex", "position": "SRE", "status": "screening",
                 "date_applied": "2026-10-01T10:00:00+02:00", "salary_min": 100, "salary_max": 120,
                 "job_url": "https://x.example/1", "location": "Bern", "remote": True,
                 "contact_name": "Ana Ruiz", "contact_email": "ana@globex.example",
                 "resume_version": "v2", "cover_letter": "l1", "notes": "n",
                 "interviews": [{"date": "2026-10-10T10:00:00Z", "type": "phone"}]},
                {"id": "y", "company": "Initech", "position": "Dev", "status": "ghosted",
                 "date_applied": "2026-10-02T10:00:00Z", "remote": False},
                {"id": "z", "company": "Hooli", "position": "Dev", "status": "saved",
                 "date_applied": None},
            ]
        ),
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "no-response", None),
        ],
        saved=1,
    ),
    Second(
        "career-ops",
        "# Applications\n\n"
        "| # | Date | Company | Via | Role | Score | Status | PDF | Report | Notes |\n"
        "|---|------|---------|-----|------|-------|--------|-----|--------|-------|\n"
        "| 1 | 2026-10-01 | Globex | | SRE | 4.5 | Applied | ✅ | [1](r/1.md) | a \\| b |\n"
        "| 2 | 2026-10-02 | Initech | Hays | Dev | 4.0 | Rejected | | | |\n"
        "| 3 | 2026-10-03 | Hooli | | Dev | 2.0 | SKIP | | | |\n",
        [
            ("Globex", "SRE", day("10-01"), "applied", None, None),
            ("Initech", "Dev", day("10-02"), "applied", "rejected", None),
        ],
        saved=1,
    ),
    Second(
        "rounds",
        "\ufeffID,Company,Role,Stage,Outcome,Applied,Reached first,Reached second,Reached offer,"
        "Closed,Salary\r\n"
        "4,Globex,SRE,first,,2026-10-01,2026-10-12,,,,'+90k\r\n"
        "7,'=Initech,Dev,applied,no-response,2026-09-01,,,,2026-11-01,\r\n",
        [
            ("Globex", "SRE", day("10-01"), "first", None, None),
            ("=Initech", "Dev", day("09-01"), "applied", "no-response", day("11-01")),
        ],
    ),
]  # fmt: skip


@each_row("second", SECOND, ids=lambda second: second.name)
def test_a_second_file_of_each_format_is_read(second: Second) -> None:
    parsed = read(second.content)
    assert parsed.format == second.name
    assert [
        (row.company, row.role, row.applied_on, row.stage.value, row.outcome, row.closed_on)
        for row in parsed.rows
    ] == second.rows
    assert len(parsed.saved) == second.saved
    unknown = [row.line for row in parsed.rows if row.role == ROLE_UNKNOWN]
    assert [problem.line for problem in parsed.problems] == unknown
    assert all(status.meaning for status in parsed.statuses)


def test_each_format_has_a_second_file() -> None:
    readable = {known.name for known in formats() if not known.skip and not known.saved}
    assert {second.name for second in SECOND} == readable


@each_row("known", formats(), ids=lambda known: known.key)
def test_each_format_takes_its_columns_and_statuses_for_something_there_is(known: Any) -> None:
    from store.exchange.mapping import MEANINGS, TARGETS

    assert {target for target, _ in known.columns} <= {*TARGETS, "moves"}
    assert set(known.statuses.values()) <= set(MEANINGS)
    assert bool(known.alone) == (known.skip or known.saved)


def only(name: str, place: int = 0, nth: int = 0) -> Incoming:
    """The row at `place` of the second file with this name."""
    return read([one for one in SECOND if one.name == name][nth].content).rows[place]


def test_instants_are_days_where_the_user_is() -> None:
    head = "Company Name,Job Title,Status,Date Added (UTC),Date Applied (UTC),Date Rejected (UTC)"
    text = f"{head}\nGlobex,SRE,Applied,,2026-10-02 02:00:00,\n"
    for name, on in (("America/New_York", day("10-01")), ("Europe/Berlin", day("10-02"))):
        document = Document.of("x", text.encode())
        assert read_document(document, TODAY, zone=ZoneInfo(name)).rows[0].applied_on == on


def test_company_and_role_of_a_card_can_be_said_to_be_the_other_way_round() -> None:
    swapped = Choices({"company": "role", "role": "company"})
    content = next(one.content for one in SECOND if one.name == "Trello")
    assert isinstance(content, str)
    row = read_document(Document.of("x", content.encode()), TODAY, swapped).rows[0]
    assert (row.company, row.role) == ("SRE", "Globex")


def test_linkedins_connections_tell_whom_the_user_knows_there() -> None:
    assert read(SECOND[0].content).people == (Acquaintance("Globex", "Ana Ruiz", "Lead"),)


def test_the_days_of_the_moves_are_the_days_of_the_steps() -> None:
    assert only("Trello", nth=1).steps == (
        StageStep(Stage.FIRST, day("10-10")),
        StageStep(Stage.OFFER, day("10-20")),
    )
    assert only("Careerflow").steps == (StageStep(Stage.FIRST, day("10-09")),)
    assert only("JustAJobApp").steps == (StageStep(Stage.FIRST, day("10-09")),)


def test_the_other_fields_come_along() -> None:
    jobhound, huntr, ghosted = only("jobhound"), only("Huntr"), only("ghosted")
    assert (jobhound.url, jobhound.salary, jobhound.contact_name, jobhound.next_step) == (
        "https://x.example/1", "100k", "Ana Ruiz", "call Ana"
    )  # fmt: skip
    assert jobhound.tags == ("remote", "python")
    assert huntr.posting_text == "Do it\n- well"
    assert (ghosted.salary, ghosted.cv_version, ghosted.letter_version) == ("100–120", "v2", "l1")
    assert (ghosted.contact_email, ghosted.tags) == ("ana@globex.example", ("remote",))
    assert only("Trello").url == "https://x.example/1", "the posting, not the card"
    assert only("Reactive Resume").tags == ("a", "b", "c")
    assert only("career-ops").note == "a | b"
    assert only("JobSync").tags == ("Full Time", "Remote")
    assert only("jobless").company == "Globex"


@each_row(
    ("name", "company", "role"),
    [
        ("Globex – SRE", "Globex", "SRE"),
        ("Globex - Senior SRE - Bern", "Globex", "Senior SRE - Bern"),
        ("SRE at Globex", "Globex", "SRE"),
        ("SRE @ Globex", "Globex", "SRE"),
        ("Globex: SRE", "Globex", "SRE"),
        ("Globex | SRE", "Globex", "SRE"),
        ("Coca-Cola", "Coca-Cola", ""),
    ],
)
def test_company_and_role_are_found_in_the_name_of_a_card(
    name: str, company: str, role: str
) -> None:
    assert split_name(name) == (company, role)


@each_row(
    ("content", "said"),
    [
        ("Saved Date,Job Url,Job Title,Company Name\n", "list of saved jobs"),
        ("First Name,Last Name,URL,Company,Position,Connected On\n", "list of connections"),
        ("Question,Answer\nVisa?,No\n", "saved answers"),
        ("id,title,boardID,companyName,activityCategoryName\n", "other tables"),
    ],
)
def test_lists_that_hold_no_applications_say_which_file_does(content: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(content)


def test_each_line_of_json_is_told() -> None:
    content = next(one for one in SECOND if one.name == "jobhound").content
    lines = [row.line for row in read(content).rows]
    assert isinstance(content, str)
    assert [content.split("\n")[line] for line in lines] == [
        '      "slug": "globex-sre",', '      "slug": "i",', '      "slug": "s",'
    ]  # fmt: skip


def test_a_day_ahead_is_left_empty_and_the_stage_stays() -> None:
    ahead = TODAY + timedelta(days=9)
    parsed = read(
        "Company Name,Job Title,Status,Date Added (UTC),Date Applied (UTC),Date Rejected (UTC),"
        f"Date Offered (UTC)\nGlobex,SRE,Offered,2026-10-01,2026-10-02,,{ahead}\n"
    )
    assert (parsed.rows[0].stage, parsed.rows[0].outcome) == (Stage.OFFER, None)
    assert parsed.rows[0].steps == (StageStep(Stage.OFFER),)
    assert "is in the future" in parsed.problems[0].sentence
    assert Outcome.REJECTED not in {row.outcome for row in parsed.rows}


@each_row("moves", ["soon", "[", '["x"]', '[["a", 1]]', '{"a": "b"}', "[" * 9_000])
def test_a_column_of_the_files_own_that_is_called_like_ours_is_none_of_ours(moves: str) -> None:
    made = io.StringIO()
    head = ["title", "company name", "list name", "moves"]
    csv.writer(made).writerows([head, ["SRE", "Globex", "Applied", moves]])
    assert [row.company for row in read(made.getvalue()).rows] == ["Globex"]
