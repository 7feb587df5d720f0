"""A large import, its undo, the same import again, and a large mailbox: time and memory."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from goals import IMPORT_MB, IMPORT_SECONDS, MAIL_SECONDS, UNDO_SECONDS
from measures import Row
from programs import rounds_command, rounds_environ
from room import LARGEST, Room

_STATUSES = ("Applied", "Applied", "Applied", "Rejected", "Ghosted", "Interview", "Offer")
_EMPLOYERS = 3_000
_MESSAGES = 2_000
_FILLER = (
    "A line of a letter that says this and that about many things that happened in the past week.\n"
)


class Taken(NamedTuple):
    """What a command took, in seconds and MB."""

    wall: float
    processor: float
    memory: float


def imports(room: Room) -> list[Row]:
    """A sheet of `LARGEST` rows into a new board, as a command of its own."""
    folder = room.new_home("import")
    sheet = folder / "sheet.csv"
    sheet.write_text("\n".join(_sheet(LARGEST)), encoding="utf-8")
    workbook = folder / "sheet.xlsx"
    _write_workbook(workbook, LARGEST)
    other = ("--db", str(folder / "other.db"))
    board = ("--db", str(folder / "board.db"))
    environ = rounds_environ(folder)
    rows = []
    for name, words, seconds in (
        (f"import {LARGEST:,} rows", (*board, "import", str(sheet)), IMPORT_SECONDS),
        ("import them again", (*board, "import", str(sheet)), IMPORT_SECONDS),
        ("undo", (*board, "undo"), UNDO_SECONDS),
        (f"import {LARGEST:,} rows of .xlsx", (*other, "import", str(workbook)), IMPORT_SECONDS),
    ):
        taken = run_measured((*rounds_command(), *words), environ, folder)
        rows += [
            Row("import", f"rounds {name}", f"{taken.wall:.2f} s", goal=f"<= {seconds:g} s",
                reached=taken.wall <= seconds, note=f"{taken.processor:.2f} s of processor time"),
            Row("import", f"rounds {name}, memory", f"{taken.memory:.0f} MB",
                goal=f"<= {IMPORT_MB:g} MB", reached=taken.memory <= IMPORT_MB),
        ]  # fmt: skip
    return rows + mailbox(room)


def mailbox(room: Room) -> list[Row]:
    """A mailbox of `_MESSAGES` messages, a tenth of them about one of fifty applications."""
    folder = room.new_home("mail")
    box = folder / "Inbox"
    box.write_text("".join(_messages()), encoding="utf-8")
    board, environ = ("--db", str(folder / "board.db")), rounds_environ(folder)
    sheet = folder / "sheet.csv"
    lines = [f"Employer {number},Engineer,Applied" for number in range(50)]
    sheet.write_text("\n".join(("Company,Role,Status", *lines)), encoding="utf-8")
    run_measured((*rounds_command(), *board, "import", str(sheet)), environ, folder)
    rows = []
    for name, words in (("mail", ("mail", str(box))), ("mail --yes", ("mail", "--yes"))):
        taken = run_measured((*rounds_command(), *board, *words), environ, folder)
        rows += [
            Row("mail", f"rounds {name}, {_MESSAGES:,} messages", f"{taken.wall:.2f} s",
                goal=f"<= {MAIL_SECONDS:g} s", reached=taken.wall <= MAIL_SECONDS,
                note=f"{taken.processor:.2f} s of processor time"),
            Row("mail", f"rounds {name}, memory", f"{taken.memory:.0f} MB",
                goal=f"<= {IMPORT_MB:g} MB", reached=taken.memory <= IMPORT_MB),
        ]  # fmt: skip
    return rows


def _messages() -> Iterator[str]:
    """As they lie in a mailbox: answers, alerts, letters of many lines with what they quote."""
    for number in range(_MESSAGES):
        employer = number % 50
        about = number % 10 == 0
        sender = f"jobs@employer{employer}.example" if about else f"list{number}@news.example"
        name = f"Employer {employer} Careers" if about else "The Weekly"
        subject = "Your application" if about else "Issue"
        text = (
            "Dear Sam,\n\nThank you for your application as Engineer. After careful consideration "
            "we have decided to move forward with other candidates.\n\nKind regards\n"
            if about
            else "This week in our newsletter:\n\n" + _FILLER * 12
        )
        quoted = "".join(f"> {line}\n" for line in (_FILLER * 6).split("\n") if line)
        yield (
            f"From {sender} Fri Nov 20 09:00:00 2026\nFrom: {name} <{sender}>\n"
            f"To: Sam Doe <sam@example.org>\nSubject: {subject} {number}\n"
            f"Date: Fri, 20 Nov 2026 {number // 60 % 24:02}:{number % 60:02}:00 +0100\n"
            f"Message-ID: <{number}@{sender}>\nContent-Type: text/plain; charset=utf-8\n\n"
            f"{text}\nOn Thu, 19 Nov 2026 at 18:00, Sam Doe wrote:\n{quoted}\n"
        )


def _sheet(size: int) -> Iterator[str]:
    choose = random.Random(size)
    today = date.today()  # noqa: DTZ011  # of the machine, as the program has it
    yield "Company,Role,Status,Applied on,Link,Location,Notes"
    for number in range(size):
        day = today - timedelta(days=choose.randrange(700))
        yield (
            f"Company {choose.randrange(_EMPLOYERS)},Engineer {number},{choose.choice(_STATUSES)},"
            f"{day},https://jobs.example/{100_000 + number},Berlin,They wrote about it"
        )


def _write_workbook(path: Path, size: int) -> None:
    """The same as .xlsx, with 20 columns: contacts, tags, numbers, and some that nobody takes."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Jobs")
    lines = _sheet(size)
    more = ("Salary", "Source", "Contact", "Email", "Tags", "CV", "Recruiter", "Next step")
    sheet.append([*next(lines).split(","), *more, *(f"Other {number}" for number in range(5))])
    for number, line in enumerate(lines):
        company, role, status, day, *rest = line.split(",")
        own = (
            50_000 + number,
            "LinkedIn",
            f"Person {number}",
            f"p{number}@x.example",
            "remote, go",
        )
        others = ("cv.pdf", "", "call", number, number / 7, "text", "more text", True)
        sheet.append([company, role, status, date.fromisoformat(day), *rest, *own, *others])
    book.save(path)


def run_measured(argv: tuple[str, ...], environ: dict[str, str], folder: Path) -> Taken:
    """What a command takes, from its start to its end; ends the run where it fails."""
    began = time.perf_counter()
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(argv, env={**os.environ, **environ}, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit((folder / "out.txt").read_text(encoding="utf-8"))
    wall = time.perf_counter() - began
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_024)
