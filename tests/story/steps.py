"""One application from the first day to the yes, and what is due after each step.

The lists were written by hand from the rules (R1–R21), not by the program. Each line is when it is
due, whose it is, and what to do; a list holds everything that is planned for the next 45 days.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


class Step(NamedTuple):
    """What somebody does at a moment, as a verb of the drivers with its words, and what is due."""

    at: str
    does: tuple[str, ...]
    due: str
    why: str = ""
    """The rules from which the list was made."""

    @property
    def moment(self) -> datetime:
        """When it happens."""
        return datetime.strptime(self.at, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


STEPS = (
    Step(
        "2026-11-02 09:00",
        ("apply", "Globex", "Staff Engineer"),
        "Thu 12 Nov        Globex   follow up on your application",
        "R1: 2 Nov + 10 days",
    ),
    Step(
        "2026-11-03 08:00",
        ("acknowledged", "Globex"),
        "Thu 12 Nov        Globex   follow up on your application",
        "A.2: an auto-reply changes nothing",
    ),
    Step(
        "2026-11-12 09:30",
        ("done", "Globex", "follow up on your application"),
        "Thu 26 Nov        Globex   follow up one last time",
        "R1: the second, 14 days after the first; two in all",
    ),
    Step(
        "2026-11-16 11:00",
        ("invited", "Globex"),
        "Tue 17 Nov 11:00  Globex   reply to the invitation",
        "R3: 24 hours; A.2: a person wrote, so no more inquiries",
    ),
    Step(
        "2026-11-16 15:00",
        ("interview", "Globex", "fri 10:00 60m panel with Ana Ruiz and Bo Lind"),
        """
        Tue 17 Nov        Globex   prepare for the interview
        Thu 19 Nov        Globex   check link or route, names and documents
        Fri 20 Nov 08:00  Globex   get ready for the interview
        Fri 20 Nov 13:00  Globex   write the debrief while it is fresh
        Sat 21 Nov 11:00  Globex   thank Ana Ruiz for the interview
        Sat 21 Nov 11:00  Globex   thank Bo Lind for the interview
        Fri 27 Nov        Globex   follow up on the interview
        """,
        "R5: 3 days, 1 day and 2 hours before; R6: 2 hours after 11:00; R7: 24 hours, one for each;"
        " R8: 7 days",
    ),
    Step(
        "2026-11-20 08:05",
        ("done", "Globex", "get ready for the interview"),
        """
        Tue 17 Nov        Globex   prepare for the interview
        Thu 19 Nov        Globex   check link or route, names and documents
        Fri 20 Nov 13:00  Globex   write the debrief while it is fresh
        Sat 21 Nov 11:00  Globex   thank Ana Ruiz for the interview
        Sat 21 Nov 11:00  Globex   thank Bo Lind for the interview
        Fri 27 Nov        Globex   follow up on the interview
        """,
        "R5: what was not done stays until the interview begins",
    ),
    Step(
        "2026-11-20 12:00",
        ("debrief", "Globex", "1 dec", "Has she led people?", "The billing migration"),
        """
        Sat 21 Nov 11:00  Globex   thank Ana Ruiz for the interview
        Sat 21 Nov 11:00  Globex   thank Bo Lind for the interview
        Wed 2 Dec         Globex   follow up on their decision
        """,
        "R6: written; R9: their date, 1 Dec, and a business day, instead of R8",
    ),
    Step(
        "2026-11-20 15:00",
        ("done", "Globex", "thank Ana Ruiz for the interview"),
        """
        Sat 21 Nov 11:00  Globex   thank Bo Lind for the interview
        Wed 2 Dec         Globex   follow up on their decision
        """,
        "R7: one for each person",
    ),
    Step(
        "2026-11-20 15:10",
        ("done", "Globex", "thank Bo Lind for the interview"),
        "Wed 2 Dec         Globex   follow up on their decision",
    ),
    Step(
        "2026-11-20 16:00",
        ("apply", "Initech", "Backend Engineer"),
        """
        Mon 30 Nov        Initech  follow up on your application
        Wed 2 Dec         Globex   follow up on their decision
        """,
        "R1: 20 Nov + 10 days is Mon 30 Nov",
    ),
    Step(
        "2026-11-20 16:10",
        ("apply", "Hooli", "Site Reliability Engineer"),
        """
        Mon 30 Nov        Initech  follow up on your application
        Mon 30 Nov        Hooli    follow up on your application
        Wed 2 Dec         Globex   follow up on their decision
        """,
        "R1",
    ),
    Step(
        "2026-11-20 16:20",
        ("move", "Hooli", "first"),
        """
        Tue 24 Nov        Hooli    ask when the interview will take place
        Mon 30 Nov        Initech  follow up on your application
        Wed 2 Dec         Globex   follow up on their decision
        """,
        "a step forward is an answer: R1 is over, and a time is to be agreed",
    ),
    Step(
        "2026-11-30 09:00",
        ("done", "Initech", "follow up on your application"),
        """
        Tue 24 Nov        Hooli    ask when the interview will take place
        Wed 2 Dec         Globex   follow up on their decision
        Mon 14 Dec        Initech  follow up one last time
        """,
        "R1: 14 days after the first",
    ),
    Step(
        "2026-12-02 09:00",
        ("done", "Globex", "follow up on their decision"),
        """
        Tue 24 Nov        Hooli    ask when the interview will take place
        Wed 9 Dec         Globex   follow up one last time
        Mon 14 Dec        Initech  follow up one last time
        """,
        "R9: done on the day after their date; the second 7 days later",
    ),
    Step(
        "2026-12-03 10:00",
        ("interview", "Globex", "tue 14:00 90m case with Cy, Di and Eve", "second"),
        """
        Tue 24 Nov        Hooli    ask when the interview will take place
        Sat 5 Dec         Globex   prepare for the interview
        Mon 7 Dec         Globex   check link or route, names and documents
        Tue 8 Dec 12:00   Globex   get ready for the interview
        Tue 8 Dec 17:30   Globex   write the debrief while it is fresh
        Wed 9 Dec 15:30   Globex   thank Cy for the interview
        Wed 9 Dec 15:30   Globex   thank Di for the interview
        Wed 9 Dec 15:30   Globex   thank Eve for the interview
        Mon 14 Dec        Initech  follow up one last time
        Tue 15 Dec        Globex   follow up on the interview
        """,
        "R5 to R8 for the second talk, which ends Tue 8 Dec 15:30; R9 is over: they answered",
    ),
    Step(
        "2026-12-07 20:00",
        ("carried", "Globex", "Has she led people?", "The billing migration"),
        """
        Sat 5 Dec         Globex   prepare for the interview
        Mon 7 Dec         Globex   check link or route, names and documents
        Tue 24 Nov        Hooli    ask when the interview will take place
        Tue 8 Dec 12:00   Globex   get ready for the interview
        Tue 8 Dec 17:30   Globex   write the debrief while it is fresh
        Wed 9 Dec 15:30   Globex   thank Cy for the interview
        Wed 9 Dec 15:30   Globex   thank Di for the interview
        Wed 9 Dec 15:30   Globex   thank Eve for the interview
        Mon 14 Dec        Initech  follow up one last time
        Tue 15 Dec        Globex   follow up on the interview
        """,
        "looking changes nothing",
    ),
    Step(
        "2026-12-08 16:30",
        ("debrief", "Globex", "", "", "How we would begin the case"),
        """
        Tue 24 Nov        Hooli    ask when the interview will take place
        Wed 9 Dec 15:30   Globex   thank Cy for the interview
        Wed 9 Dec 15:30   Globex   thank Di for the interview
        Wed 9 Dec 15:30   Globex   thank Eve for the interview
        Mon 14 Dec        Initech  follow up one last time
        Tue 15 Dec        Globex   follow up on the interview
        """,
        "R6: written; no date was named, so R8 stays",
    ),
    *(
        Step(
            f"2026-12-09 09:0{minute}",
            ("done", "Globex", f"thank {name} for the interview"),
            "\n".join(
                [
                    *(f"Wed 9 Dec 15:30   Globex   thank {n} for the interview" for n in left),
                    "Tue 24 Nov        Hooli    ask when the interview will take place",
                    "Mon 14 Dec        Initech  follow up one last time",
                    "Tue 15 Dec        Globex   follow up on the interview",
                ]
            ),
            "R7",
        )
        for minute, (name, left) in enumerate(
            [("Cy", ("Di", "Eve")), ("Di", ("Eve",)), ("Eve", ())]
        )
    ),
    Step(
        "2026-12-11 10:00",
        ("move", "Globex", "offer"),
        """
        Mon 14 Dec 10:00  Globex   thank Cy for the offer and ask when they need your answer
        Mon 14 Dec        Hooli    tell them you have another offer
        Mon 14 Dec        Initech  follow up one last time
        Wed 16 Dec        Hooli    ask when the interview will take place
        Fri 18 Dec        Globex   decide on the offer, or agree on a date
        """,
        "R12 with what R15 asks: 24 hours are Saturday, so Monday; R15: 5 business days; R16: 1"
        " business day, those in interviews",
    ),
    Step(
        "2026-12-11 10:05",
        ("verbal", "Globex"),
        """
        Mon 14 Dec 10:00  Globex   thank Cy for the offer, and ask for the deadline and for it in writing
        Mon 14 Dec        Hooli    tell them you have another offer
        Mon 14 Dec        Initech  follow up one last time
        Wed 16 Dec        Hooli    ask when the interview will take place
        Fri 18 Dec        Globex   decide on the offer, or agree on a date
        """,  # noqa: E501
        "R12 asks for it in writing too, in one message",
    ),
    Step(
        "2026-12-11 10:10",
        (
            "done",
            "Globex",
            "thank Cy for the offer, and ask for the deadline and for it in writing",
        ),
        """
        Mon 14 Dec        Hooli    tell them you have another offer
        Mon 14 Dec        Initech  follow up one last time
        Wed 16 Dec        Globex   ask once more for the written offer
        Wed 16 Dec        Globex   ask once more when they need your answer
        Wed 16 Dec        Hooli    ask when the interview will take place
        Fri 18 Dec        Globex   decide on the offer, or agree on a date
        """,
        "R12 has asked for all of it; R13 and R15 again after 3 business days",
    ),
    Step(
        "2026-12-11 16:00",
        ("deadline", "Globex", "18 dec 17:00"),
        """
        Mon 14 Dec        Hooli    tell them your deadline elsewhere
        Mon 14 Dec        Initech  follow up one last time
        Tue 15 Dec        Globex   answer by Fri 18 Dec 17:00
        Wed 16 Dec        Globex   ask once more for the written offer
        Wed 16 Dec        Globex   last day to ask for more time
        Wed 16 Dec        Hooli    ask when the interview will take place
        Fri 18 Dec 17:00  Globex   record your answer
        """,
        "R14: one line from 3 days before; more time 2 days before; R15 is over; then R25",
    ),
    Step(
        "2026-12-14 09:00",
        ("done", "Hooli", "tell them your deadline elsewhere"),
        """
        Mon 14 Dec        Initech  follow up one last time
        Tue 15 Dec        Globex   answer by Fri 18 Dec 17:00
        Wed 16 Dec        Globex   ask once more for the written offer
        Wed 16 Dec        Globex   last day to ask for more time
        Wed 16 Dec        Hooli    ask when the interview will take place
        Fri 18 Dec 17:00  Globex   record your answer
        """,
        "R16",
    ),
    Step(
        "2026-12-15 18:00",
        ("extended", "Globex", "23 dec"),
        """
        Mon 14 Dec        Initech  follow up one last time
        Wed 16 Dec        Globex   ask once more for the written offer
        Wed 16 Dec        Hooli    ask when the interview will take place
        Sun 20 Dec        Globex   answer by Wed 23 Dec
        Thu 24 Dec        Globex   record your answer
        """,
        "R14: from the new date, which has no time of day; more time was asked for already",
    ),
    Step(
        "2026-12-21 09:00",
        ("accept", "Globex"),
        """
        Mon 21 Dec        Globex   confirm your yes in writing and ask for the written offer
        Mon 21 Dec        Hooli    withdraw this application
        Mon 21 Dec        Initech  close as withdrawn, no message needed
        Thu 24 Dec        Globex   ask once more for the written offer
        """,
        "R18: the same day, every other open card; R28 and R13: the offer is not in writing yet",
    ),
    Step(
        "2026-12-21 09:10",
        ("withdraw", "Hooli"),
        """
        Mon 21 Dec        Globex   confirm your yes in writing and ask for the written offer
        Mon 21 Dec        Initech  close as withdrawn, no message needed
        Thu 24 Dec        Globex   ask once more for the written offer
        """,
    ),
    Step(
        "2026-12-21 09:20",
        ("withdraw", "Initech"),
        """
        Mon 21 Dec        Globex   confirm your yes in writing and ask for the written offer
        Thu 24 Dec        Globex   ask once more for the written offer
        """,
    ),
)
