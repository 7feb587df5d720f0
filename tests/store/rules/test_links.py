"""Links are compared by what they name."""

from hypothesis import given
from hypothesis import strategies as st

from store.rules.links import LinkTarget, link_target
from tests.tables import each_row

SAME = (
    (
        "https://www.linkedin.com/jobs/view/4001",
        "http://www.linkedin.com/jobs/view/4001/",
        "https://www.linkedin.com/jobs/view/4001/?refId=a&trackingId=x",
        "https://www.linkedin.com/jobs/collections/recommended/?currentJobId=4001",
        "https://www.linkedin.com/jobs/search/?currentJobId=4001&keywords=sre&geoId=101",
        "https://de.linkedin.com/jobs/view/sre-at-globex-4001?originalSubdomain=de",
        "linkedin.com/jobs/view/4001",
        "https://www.linkedin.com/jobs/view/4001/apply/",
        " https://WWW.LinkedIn.com/jobs/view/4001#top ",
    ),
    (
        "https://boards.greenhouse.io/globex/jobs/4012345",
        "https://job-boards.greenhouse.io/globex/jobs/4012345?gh_src=abc",
        "https://job-boards.eu.greenhouse.io/globex/jobs/4012345",
        "https://globex.example/careers/opening?gh_jid=4012345&gh_src=abc",
    ),
    (
        "https://www.indeed.com/viewjob?jk=0123abcd&from=serp",
        "https://de.indeed.com/jobs?q=sre&l=Berlin&vjk=0123ABCD",
    ),
    (
        "https://jobs.lever.co/globex/7f3c1c7a-0d0e-4e0e-9b0a-0123456789ab",
        "https://jobs.lever.co/globex/7f3c1c7a-0d0e-4e0e-9b0a-0123456789ab/apply?lever-source=L",
    ),
    (
        "https://globex.example/jobs/engineer",
        "http://globex.example:80/jobs/engineer/?utm_source=x&utm_medium=y&fbclid=1#apply",
        "globex.example/jobs//engineer",
    ),
    ("https://globex.example/r%C3%A9sum%C3%A9", "https://globex.example/résumé/"),
    ("https://globex.example/#/job/12", "https://globex.example/?utm_source=x#/job/12"),
)
DIFFERENT = (
    "https://www.linkedin.com/jobs/view/4001",
    "https://www.linkedin.com/jobs/view/4002",
    "https://www.linkedin.com/jobs/",
    "https://globex.example/view/4001",
    "https://globex.example/jobs?id=1",
    "https://globex.example/jobs?id=2",
    "https://globex.example:8080/jobs?id=2",
    "https://globex.example/#/job/12",
    "https://globex.example/#/job/13",
    "https://boards.greenhouse.io/globex/jobs/1",
    "https://globex.example/jobs?ref=REQ-1001",
    "https://globex.example/jobs?ref=newsletter",
    "https://careers.globex.example/jobs",
    "https://initrode.example/opening?currentJobId=4001",
    "mailto:jobs@globex.example",
)


@each_row("links", SAME)
def test_links_to_one_posting_are_one(links: tuple[str, ...]) -> None:
    assert len({link_target(link) for link in links}) == 1, {
        link: link_target(link) for link in links
    }


def test_links_to_others_are_not() -> None:
    assert len({link_target(link).key for link in DIFFERENT}) == len(DIFFERENT)


@each_row(
    ("link", "posting"),
    [
        ("https://www.linkedin.com/jobs/view/1", True),
        ("https://jobs.lever.co/globex/7f3c1c7a-0d0e-4e0e-9b0a-0123456789ab", True),
        ("https://globex.example/careers/job/R-123456", True),
        ("https://globex.wd3.myworkdayjobs.com/en/Careers/job/Berlin/Engineer_JR123456-1", True),
        ("https://jobs.smartrecruiters.com/Globex/743999912345678-engineer", True),
        ("https://globex.example/jobs?job_id=77", True),
        ("https://careers.globex.example/", False),
        ("https://globex.example/jobs/engineer", False),
        ("https://globex.example/careers/2026", False),
        ("https://www.linkedin.com/company/globex/jobs", False),
        ("https://globex.example/jobs?department=7", False),
        ("", False),
        ("see the mail", False),
    ],
)
def test_a_link_tells_whether_it_is_one_posting(link: str, posting: bool) -> None:
    assert link_target(link).posting is posting


def test_no_link_names_nothing() -> None:
    for link in ("  ", "https://careers.globex.example/", "http://globex.example/?utm_source=x"):
        assert link_target(link) == LinkTarget("", False), link


@given(st.text() | st.text("htps:/[]?#@%.a1&=", max_size=40))
def test_whatever_stands_there_is_no_failure(text: str) -> None:
    assert link_target(text) == link_target(f" {text}\n")


@each_row("link", ["http://[::1", "https://x:99999/", "https://[x]/", "//", "?a=1"])
def test_a_broken_link_is_compared_as_it_stands(link: str) -> None:
    assert link_target(link).key == link.casefold() or not link_target(link).posting
