"""The user's own zone, in every form that TZ has: what the C library shows is what rounds shows."""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import zones
from store.rules.text import Refused
from store.zones import local_zone, posix_zone, zone_name, zone_named
from tests.tables import each_row

FOLDER = next((folder for folder in TZPATH if Path(folder, "Europe/Berlin").is_file()), "")
SOME_FILES = pytest.mark.skipif(not FOLDER, reason="the machine has no files of zones")
TEN_YEARS = 10 * 366 * 86_400
FIRST = int(datetime(2022, 1, 1, tzinfo=UTC).timestamp())
NAMES = sorted(name for name in available_timezones() if "/" in name and "right/" not in name)


@pytest.fixture(autouse=True)
def _own_tz() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def differences(tz: str, moments: list[int]) -> list[tuple[int, tuple[int, ...]]]:
    """The moments at which the zone of `tz` shows another time than the C library."""
    os.environ["TZ"] = tz
    time.tzset()
    zone = local_zone().zone
    wrong = []
    for moment in moments:
        library = time.localtime(moment)
        ours = datetime.fromtimestamp(moment, zone)
        if tuple(ours.timetuple())[:6] != tuple(library)[:6]:
            wrong.append((moment, tuple(library)[:6]))
    return wrong


FORMS = [
    "JST-9",
    "UTC0",
    "UTC",
    "",
    ":",
    ":UTC0",
    "EST5EDT",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "<+0330>-3:30",
    "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
    "AAA5BBB4:30,J60/2,J300",
    "AAA5BBB,59/2,299",
    "AAA8BBB,J59/25,J239/0",
    "AAA8BBB,J60,J239",
    "AAA8BBB,58,60/1",
    "AAA5BBB,10/0,340/25",
    "IST-1GMT0,M10.5.0,M3.5.0/1",
    "XYZ+5:30:15",
    "CEST",
    "Foo/Bar",
    "Mars",
    "A5",
    "<a>3",
    "Europe/Berlin",
    ":Europe/Berlin",
    "posix/Europe/Berlin",
    "America/Nowhere",
]


@pytest.mark.parametrize("tz", FORMS)
def test_every_form_of_tz_is_what_the_c_library_makes_of_it(tz: str) -> None:
    if tz.startswith("posix/") and not Path(FOLDER, tz).is_file():
        pytest.skip("the machine has no such folder")
    moments = [FIRST + hour * 3_600 + 1_799 for hour in range(0, TEN_YEARS // 3_600, 7)]
    assert differences(tz, moments) == []


@SOME_FILES
@pytest.mark.parametrize("form", ["{}", ":{}"])
def test_a_path_is_the_zone_of_that_file(form: str, tmp_path: Path) -> None:
    path = f"{FOLDER}/Europe/Berlin"
    os.environ["TZ"] = form.format(path)
    assert zone_name(local_zone().zone) == "Europe/Berlin"
    copy = tmp_path / "localtime"
    shutil.copy(path, copy)
    os.environ["TZ"] = form.format(copy)
    zone = local_zone().zone
    assert datetime(2027, 3, 1, 12, tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert datetime(2027, 4, 6, 10, tzinfo=zone).utcoffset() == timedelta(hours=2)
    link = tmp_path / "link"
    link.symlink_to(path)
    os.environ["TZ"] = form.format(link)
    assert zone_name(local_zone().zone) == "Europe/Berlin"


@SOME_FILES
@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Tehran"])
def test_a_copied_localtime_is_known_by_what_it_holds(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "localtime"
    shutil.copy(f"{FOLDER}/{name}", copy)
    monkeypatch.setattr(zones, "LOCALTIME", str(copy))
    monkeypatch.setattr(zones, "TIMEZONE", str(tmp_path / "none"))
    assert zone_name(local_zone({}).zone) == name


def test_a_file_that_no_name_fits_keeps_its_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = "CET-1CEST,M3.5.0,M10.5.0/3"
    file = tmp_path / "localtime"
    file.write_bytes(zones._file_of(rules))
    monkeypatch.setattr(zones, "LOCALTIME", str(file))
    zone = local_zone({}).zone
    assert zone_name(zone) == rules
    assert datetime(2027, 7, 1, tzinfo=zone_named(rules)).utcoffset() == timedelta(hours=2)


@each_row("tz", ["Foo/Bar", "CEST", "\x1b[2J", "../../etc/passwd", "x" * 5_000])
def test_what_names_no_zone_is_told_in_one_note(tz: str) -> None:
    os.environ["TZ"] = tz
    time.tzset()
    zone, note = local_zone()
    assert zone.utcoffset(None) == timedelta(0)
    assert note.startswith("TZ is “")
    assert "which names no time zone, so times are told in UTC" in note
    assert len(note) < 250
    assert note.isprintable()


@each_row("tz", ["JST-9", "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"])
def test_a_zone_that_is_one_asks_for_no_note(tz: str) -> None:
    assert local_zone({"TZ": tz}).note == ""


def test_summer_time_without_dates_holds_as_in_new_york() -> None:
    zone, new_york = zone_named("AAA5BBB"), ZoneInfo("America/New_York")
    for hour in range(0, 8_760, 5):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        assert moment.astimezone(zone).utcoffset() == moment.astimezone(new_york).utcoffset()


def test_a_zone_of_whole_hours_has_the_name_that_others_know() -> None:
    assert zone_name(local_zone({"TZ": "JST-9"}).zone) == "Etc/GMT-9"
    assert zone_name(local_zone({"TZ": "UTC0"}).zone) == "UTC"


def test_without_any_file_of_zones_the_offset_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> ZoneInfo:
        raise KeyError(name)

    monkeypatch.setattr(zones, "ZoneInfo", none)
    monkeypatch.setattr(zones, "LOCALTIME", "/nonexistent")
    assert local_zone({}).zone is not None
    assert local_zone({"TZ": "Europe/Berlin"}).note


@each_row("name", ["", "JST", "Foo/Bar", "AAA25", "a" * 200, "\ud800", "CET-1,M3"])
def test_what_is_no_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(Refused, match="Unknown time zone"):
        zone_named(name)


words = st.one_of(
    st.from_regex(r"[A-Z]{3,5}", fullmatch=True),
    st.from_regex(r"<[A-Z0-9+-]{3,6}>", fullmatch=True),
)
offsets = st.tuples(
    st.sampled_from(["", "+", "-"]), st.integers(0, 22), st.sampled_from(["", ":00", ":30", ":45"])
).map(lambda parts: f"{parts[0]}{parts[1]}{parts[2]}")
dates = st.one_of(
    st.integers(1, 365).map(lambda n: f"J{n}"),
    st.integers(0, 364).map(str),
    st.tuples(st.integers(1, 12), st.integers(1, 5), st.integers(0, 6)).map(
        lambda parts: "M{}.{}.{}".format(*parts)
    ),
)
hours = st.sampled_from(["", "/0", "/2", "/3:30", "/-1", "/25"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    std=words, offset=offsets, chance=st.integers(0, TEN_YEARS), step=st.integers(40_000, 99_999)
)
def test_a_fixed_zone_agrees_with_the_c_library(
    std: str, offset: str, chance: int, step: int
) -> None:
    moments = [FIRST + (chance + step * n) % TEN_YEARS for n in range(300)]
    assert differences(f"{std}{offset}", moments) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    std=words, offset=offsets, dst=words, start=st.tuples(dates, hours), end=st.tuples(dates, hours)
)
def test_rules_agree_with_the_c_library(
    std: str, offset: str, dst: str, start: tuple[str, str], end: tuple[str, str]
) -> None:
    tz = f"{std}{offset}{dst},{''.join(start)},{''.join(end)}"
    zone = posix_zone(tz)
    assert zone is not None
    # Rules that overlap or end where the year does are no zone that anybody has.
    if overlapping(zone):
        return
    moments = [FIRST + 40_001 * n for n in range(TEN_YEARS // 40_001)]
    assert differences(tz, moments) == []


def overlapping(zone: ZoneInfo) -> bool:
    """Whether the zone changes within a week of the end of a year, or twice within a week."""
    start = datetime(2022, 1, 1, tzinfo=UTC)
    for year in range(11):
        offsets_ = [
            (start + timedelta(days=365.25 * year + day / 2)).astimezone(zone).utcoffset()
            for day in range(-20, 740)
        ]
        changes = [n for n in range(1, len(offsets_)) if offsets_[n] != offsets_[n - 1]]
        if any(b - a < 40 for a, b in pairwise(changes)):
            return True
        if any(n < 60 or n > 690 for n in changes) or len(changes) != 2:
            return True
    return False


@SOME_FILES
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.sampled_from(NAMES), form=st.sampled_from(["{n}", ":{n}", "{f}/{n}", ":{f}/{n}"]))
def test_a_named_zone_agrees_with_the_c_library(name: str, form: str) -> None:
    if not Path(FOLDER, name).is_file():
        return
    moments = [FIRST + 40_001 * n for n in range(TEN_YEARS // 40_001)]
    assert differences(form.format(n=name, f=FOLDER), moments) == []
