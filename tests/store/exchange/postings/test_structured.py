"""JSON-LD in the shapes in which sites write it, more or less as schema.org has it."""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from store.exchange.postings.structured import read_json, read_structured
from tests.tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


def read(node: object, *more: object, **known: Any) -> dict[str, Any]:
    """What is read of a posting with these properties, as the form has it."""
    blocks = [json.dumps(one) for one in (node, *more)]
    found = read_structured(blocks, BERLIN, **known)
    assert found is not None
    assert not found.guessed
    return dict(found.values())


def posting(**properties: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "JobPosting", **properties}


def test_a_whole_posting() -> None:
    assert read(
        posting(
            title="Senior SRE",
            hiringOrganization={"@type": "Organization", "name": "Globex GmbH"},
            jobLocation={
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Berlin",
                    "addressRegion": "BE",
                    "addressCountry": "DE",
                },
            },
            url="https://globex.example/jobs/12345",
            datePosted="2026-11-20",
            validThrough="2026-12-04T23:59",
            employmentType="FULL_TIME",
            baseSalary={
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {"minValue": 70000, "maxValue": 90000, "unitText": "YEAR"},
            },
            identifier={"@type": "PropertyValue", "name": "Globex", "value": "R-12"},
            description="<p>We run things.</p><ul><li>Go</li><li>SQL</li></ul>",
        )
    ) == {
        "role": "Senior SRE",
        "company": "Globex GmbH",
        "location": "Berlin, BE, DE",
        "url": "https://globex.example/jobs/12345",
        "salary": "EUR 70,000–90,000 a year",
        "posted_on": date(2026, 11, 20),
        "closing_on": date(2026, 12, 4),
        "tags": (),
        "posting_text": "We run things.\n\n• Go\n• SQL\n\nReference: R-12",
    }


@each_row(
    "wrapped",
    [
        lambda node: [node],
        lambda node: {"@context": "x", "@graph": [{"@type": "WebPage"}, node]},
        lambda node: {"@type": "WebPage", "mainEntity": node},
        lambda node: {"@type": "ItemList", "itemListElement": [{"item": node}]},
        lambda node: [[{"@type": "BreadcrumbList"}], [node]],
        lambda node: node | {"@type": ["JobPosting", "Thing"]},
        lambda node: node | {"@type": "http://schema.org/JobPosting"},
        lambda node: node | {"@type": "schema:JobPosting"},
    ],
)
def test_wherever_it_stands_it_is_found(wrapped: Any) -> None:
    node = posting(title="Cook", hiringOrganization="Hooli")
    assert read(wrapped(node)) == {"role": "Cook", "company": "Hooli", "tags": ()}


def test_what_only_points_to_another_object_is_looked_up() -> None:
    graph = [
        {"@type": "Organization", "@id": "#us", "name": "Globex"},
        {"@type": "Place", "@id": "#here", "address": {"addressLocality": "Lyon"}},
        posting(title="Cook", hiringOrganization={"@id": "#us"}, jobLocation={"@id": "#here"}),
    ]
    found = read({"@graph": graph})
    assert (found["company"], found["location"]) == ("Globex", "Lyon")


@each_row(
    ("salary", "told"),
    [
        (55000, "55,000"),
        ("55.000", "55,000"),
        ("by arrangement", "by arrangement"),
        ({"currency": "USD", "value": 120000}, "USD 120,000"),
        ({"currency": "USD", "value": "120,000"}, "USD 120,000"),
        (
            {"currency": "USD", "value": {"value": "$100,000", "unitText": "YEAR"}},
            "USD 100,000 a year",
        ),
        (
            {"currency": "CHF", "value": [90000, 110000], "unitText": "YEAR"},
            "CHF 90,000–110,000 a year",
        ),
        ({"currency": "CHF", "value": [90000]}, "CHF 90,000"),
        ({"currency": "USD", "value": {"unitText": "MONTH"}}, None),
        ({"currency": "EUR", "value": {"value": 35.5, "unitText": "HOUR"}}, "EUR 35.50 an hour"),
        ({"currency": "EUR", "value": {"value": "4000", "unitText": "Month"}}, "EUR 4,000 a month"),
        (
            {"currency": "CHF", "value": {"minValue": "100000", "maxValue": "120000"}},
            "CHF 100,000–120,000",
        ),
        ({"currency": "EUR", "value": {"minValue": 50000, "maxValue": 50000}}, "EUR 50,000"),
        ({"currency": "EUR", "value": {"minValue": 50000}}, "EUR 50,000 and more"),
        ({"currency": "EUR", "value": {"maxValue": 50000}}, "EUR 50,000 at most"),
        ({"currency": "EUR", "minValue": 1, "maxValue": 2, "unitText": "ANN"}, "EUR 1–2 a year"),
        ({"price": 900, "priceCurrency": "GBP", "unitText": "WEEK"}, "GBP 900 a week"),
        ([{"currency": "EUR", "value": [{"value": 500, "unitText": "DAY"}]}], "EUR 500 a day"),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 0}}, None),
        (0, None),
        (True, None),
        ({"currency": "EUR"}, None),
        (1e300, None),
    ],
)
def test_pay_in_all_its_forms(salary: object, told: str | None) -> None:
    assert read(posting(title="Cook", baseSalary=salary)).get("salary") == told


def test_an_estimated_salary_and_a_currency_of_its_own_count_too() -> None:
    found = read(posting(title="Cook", estimatedSalary=[{"value": 9}], salaryCurrency="EUR"))
    assert found["salary"] == "EUR 9"


@each_row(
    ("place", "told"),
    [
        ("Vienna", "Vienna"),
        ({"address": "Vienna, Austria"}, "Vienna, Austria"),
        ({"name": "Vienna office"}, "Vienna office"),
        (
            {"address": {"addressLocality": "Wien", "addressCountry": {"name": "Austria"}}},
            "Wien, Austria",
        ),
        ({"address": [{"addressLocality": "Wien"}]}, "Wien"),
        ({"address": {"addressLocality": ["Wien"], "addressRegion": "Wien"}}, "Wien"),
        (
            [{"address": {"addressLocality": "Wien"}}, {"address": {"addressLocality": "Graz"}}],
            "Wien; Graz",
        ),
        ([{"address": {"addressLocality": name}} for name in "ABCDEF"], "A; B; C; D; 2 more"),
        ({}, None),
        (7, None),
    ],
)
def test_places(place: object, told: str | None) -> None:
    assert read(posting(title="Cook", jobLocation=place)).get("location") == told


@each_row(
    ("more", "told"),
    [
        ({}, "Remote"),
        (
            {"applicantLocationRequirements": {"@type": "Country", "name": "Spain"}},
            "Remote (Spain)",
        ),
        (
            {"applicantLocationRequirements": [{"name": "US"}, {"name": "Canada"}]},
            "Remote (US, Canada)",
        ),
        ({"jobLocation": {"address": {"addressLocality": "Bonn"}}}, "Bonn; remote"),
    ],
)
def test_remote_work_is_told_and_tagged(more: dict[str, object], told: str) -> None:
    found = read(posting(title="Cook", jobLocationType="TELECOMMUTE", **more))
    assert (found["location"], found["tags"]) == (told, ("remote",))


def test_kinds_of_employment_become_tags_but_full_time() -> None:
    kinds = ["FULL_TIME", "Part-time", "CONTRACTOR", "OTHER"]
    assert read(posting(title="Cook", employmentType=kinds))["tags"] == ("part-time", "contract")
    assert read(posting(title="Cook", employmentType="INTERN, TEMPORARY"))["tags"] == (
        "internship",
        "temporary",
    )


@each_row(
    ("written", "zone", "day"),
    [
        ("2026-12-04", BERLIN, date(2026, 12, 4)),
        ("2026-12-04T00:00:00", BERLIN, date(2026, 12, 4)),
        ("2026-12-04T23:59:59+01:00", BERLIN, date(2026, 12, 4)),
        ("2026-12-04T23:59:59Z", BERLIN, date(2026, 12, 4)),
        ("2026-12-05T04:59:00Z", NEW_YORK, date(2026, 12, 4)),
        ("2026-12-04T23:59:59.000Z", NEW_YORK, date(2026, 12, 4)),
        ("04.12.2026", BERLIN, date(2026, 12, 4)),
        ("December 4, 2026", BERLIN, date(2026, 12, 4)),
        ("4 décembre 2026", BERLIN, date(2026, 12, 4)),
        ("soon", BERLIN, None),
        ("", BERLIN, None),
        ("2026-13-45", BERLIN, None),
    ],
)
def test_the_closing_day(written: str, zone: ZoneInfo, day: date | None) -> None:
    """Of the day that is written and the day that it is here the earlier: nothing may be over."""
    blocks = [json.dumps(posting(title="Cook", validThrough=written))]
    found = read_structured(blocks, zone)
    assert found is not None
    assert found.values().get("closing_on") == day


def test_entities_and_html_are_read_once_and_twice() -> None:
    found = read(
        posting(
            title="R&amp;D <b>Cook</b>",
            hiringOrganization={"name": "Smith &amp;amp; Sons"},
            description="&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Salt",
        )
    )
    assert found["role"] == "R&D Cook"
    assert found["company"] == "Smith & Sons"
    assert found["posting_text"] == "Fish & chips\n\n• Salt"


def test_what_stands_beside_the_description_is_kept_unless_it_stands_there_too() -> None:
    text = read(
        posting(
            title="Cook",
            description="<p>Soup.</p>",
            qualifications="<ul><li>A knife</li></ul>",
            skills=["Soup.", "Bread"],
            experienceRequirements={"monthsOfExperience": 24},
            educationRequirements={"credentialCategory": "school"},
        )
    )["posting_text"]
    assert text == (
        "Soup.\n\nQualifications\n• A knife\n\nSkills\nBread\n\n"
        "Education\nschool\n\nExperience\n2 years of experience"
    )


def test_of_several_postings_the_one_of_the_page_is_meant() -> None:
    several = [posting(title="Cook", url="https://x.example/1"), posting(title="Waiter")]
    assert read(several, link="https://x.example/1/")["role"] == "Cook"
    assert read(several, title="Waiter | Hooli")["role"] == "Waiter"
    found = read_structured([json.dumps(several)], BERLIN)
    assert found is not None
    assert found.remarks == ["There are 2 postings in it; this is “Cook”."]


def test_one_without_a_title_is_not_meant_where_another_has_one() -> None:
    person = {"@type": "Person", "seeks": {"@type": "JobPosting", "description": "Any."}}
    assert read(person, posting(name="Cook"))["role"] == "Cook"


@each_row(
    "block",
    [
        '{"@type": "JobPosting", "title": "Cook",}',
        '{"@type": "JobPosting", "title": "Cook"};',
        "{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;Cook&quot;}",
        '{"@type": "JobPosting", "title": "Cook", "description": "two\nlines\there"}',
    ],
)
def test_slips_of_the_pen_are_forgiven(block: str) -> None:
    found = read_structured([block], BERLIN)
    assert found is not None
    assert found.fields["role"] == "Cook"


@each_row(
    "block", ["", "{", "null", "7", "[" * 100_000, '{"a":' * 100_000, '{"@type": "Recipe"}', "[[]]"]
)
def test_what_is_none_is_none(block: str) -> None:
    assert read_structured([block], BERLIN) is None


def test_deep_json_is_no_trouble() -> None:
    deep: object = posting(title="Cook")
    for _ in range(200):
        deep = {"a": deep}
    assert read_structured([json.dumps(deep)], BERLIN) is None
    assert read_json("[" * 2_000_000) is None


@each_row("odd", [None, 7, [], {}, [[]], [None], True, {"@id": 1}, "\x1b[31m", "\ud800"])
def test_no_property_of_an_odd_kind_does_harm(odd: object) -> None:
    names = (
        *("title", "hiringOrganization", "jobLocation", "jobLocationType", "datePosted", "url"),
        *("validThrough", "employmentType", "baseSalary", "identifier", "description", "skills"),
        *("experienceRequirements", "applicantLocationRequirements", "@id"),
    )
    for name in names:
        found = read_structured([json.dumps(posting() | {name: odd})], BERLIN)
        assert found is not None
        assert all(str(value).replace("\n", "").isprintable() for value in found.values().values())


def test_what_is_too_long_is_cut_and_said() -> None:
    found = read_structured(
        [json.dumps(posting(title="x" * 300, description="y" * 50_000))], BERLIN
    )
    assert found is not None
    assert len(str(found.fields["role"])) == 200
    assert len(str(found.fields["posting_text"])) == 40_000
    assert found.remarks == [
        "Role is longer than the 200 characters that fit: it was cut.",
        "Job posting (full text) is longer than the 40,000 characters that fit: it was cut.",
    ]
