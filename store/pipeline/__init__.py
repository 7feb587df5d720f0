"""The use cases: everything that a user can do, each one transaction and one step of undo."""

from store.pipeline.applications import Applications
from store.pipeline.arriving.intake import Intake
from store.pipeline.arriving.mail import Correspondence
from store.pipeline.arriving.shelf import Shelf
from store.pipeline.assignments import Assignments
from store.pipeline.board import Arrangement
from store.pipeline.changes.at_once import AtOnce
from store.pipeline.contacts import Contacts
from store.pipeline.debriefs import Debriefs
from store.pipeline.drafts import Drafts
from store.pipeline.employers import EmployersNamed
from store.pipeline.followups import FollowUps
from store.pipeline.interviews import Interviews
from store.pipeline.offers import Criteria, Offers
from store.pipeline.planner import RulesOf, shipped_rules
from store.pipeline.points import Points
from store.pipeline.replies import Ends, Replies
from store.pipeline.safety.replanning import WholePlan
from store.pipeline.safety.restoring import Restoring
from store.pipeline.week import Weekly


class Pipeline(
    Applications,
    AtOnce,
    Correspondence,
    Interviews,
    Assignments,
    Contacts,
    Debriefs,
    Points,
    Replies,
    Offers,
    Criteria,
    Ends,
    Drafts,
    EmployersNamed,
    FollowUps,
    Arrangement,
    Shelf,
    Weekly,
    Intake,
    Restoring,
    WholePlan,
):
    """All use cases on one database.

    Each method raises Refused (a rule says no), NotFound, Conflict (another window was first)
    or StoreError, always with a sentence for the user, and then has changed nothing.
    """


__all__ = ["Pipeline", "RulesOf", "shipped_rules"]
