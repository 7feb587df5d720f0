"""Earlier applications to an employer, for whoever is about to apply there again."""

from collections.abc import Mapping

from store.glance import Glance
from store.rules.employers import Before, folded_employer
from store.rules.stages import Outcome, Stage

_APPLICATIONS = """
SELECT company, id, role, stage, applied_on, outcome, closed_on FROM application ORDER BY id"""


def read_before(glance: Glance) -> Mapping[str, tuple[Before, ...]]:
    """Every application, open or closed, by the folded name of its employer.

    Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    found: dict[str, list[Before]] = {}
    with reader.snapshot():
        days = reader.days
        for company, id_, role, stage, applied, outcome, closed in reader.rows(_APPLICATIONS):
            ended = Outcome(outcome) if outcome is not None else None
            one = Before(id_, role, Stage(stage), days[applied], ended, days[closed])
            found.setdefault(folded_employer(company), []).append(one)
    return {key: tuple(those) for key, those in found.items()}
