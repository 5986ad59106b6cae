"""Dates as feeds write them: read as meant, or unknown and told; never another moment."""

import pytest

from backlist.feed.reader.dates import read_date
from backlist.problems import Problems, Where


def read(said: str) -> tuple[str, list[str]]:
    problems = Problems()
    found = read_date(said, Where("feed.xml", 7), problems)
    return str(found), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Thu, 04 Jul 2019 07:30:00 GMT", "2019-07-04T07:30:00+00:00"),
        ("04 Jul 2019 07:30 -0330", "2019-07-04T07:30:00-03:30"),
        ("Thu, 4 Jul 2019 07:30:00 +02:00", "2019-07-04T07:30:00+02:00"),
        ("Thu, 4 Jul 2019 07:30:00 GMT+0200", "2019-07-04T07:30:00+02:00"),
        ("Thu Jul 04 2019 07:30:00 GMT-0700 (Pacific Daylight Time)", "2019-07-04T07:30:00-07:00"),
        ("Thu, 04 Jul 2019 07:30:00 PM EDT", "2019-07-04T19:30:00-04:00"),
        ("July 4th, 2019 12:05 am PST", "2019-07-04T00:05:00-08:00"),
        ("Thu, 04 Jul 2019 07:30:00 Australia/Adelaide", "2019-07-04T07:30:00+09:30"),
        ("Thu, 04 Jan 2019 07:30:00 America/New_York", "2019-01-04T07:30:00-05:00"),
        ("Thu, 04 Jul 2019 07:30:00 America/New_York", "2019-07-04T07:30:00-04:00"),
        ("Thu, 04 Jul 2019 07:30:00 Etc/GMT+5", "2019-07-04T07:30:00-05:00"),
        ("Thu Jul  4 07:30:00 CEST 2019", "2019-07-04T07:30:00+02:00"),
        ("2019-07-04T07:30:00Z", "2019-07-04T07:30:00+00:00"),
        ("2019-07-04 07:30:00 -0500", "2019-07-04T07:30:00-05:00"),
        ("20190704T073000Z", "2019-07-04T07:30:00+00:00"),
        ("4.7.2019 07:30 MESZ", "2019-07-04T07:30:00+02:00"),
        ("24/7/2019 07:30 +0000", "2019-07-24T07:30:00+00:00"),
        ("04 Jul 19 07:30:00 Z", "2019-07-04T07:30:00+00:00"),
        ("04 Jul 2019", "2019-07-04"),
        ("2019-07-04", "2019-07-04"),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(said: str, meant: str) -> None:
    assert read(said) == (meant, [])


@pytest.mark.parametrize(
    "said",
    [
        "Thu, 04 Jul 2019 27:30:00 GMT",
        "Thu, 04 Jul 2019 07:75:00 GMT",
        "Thu, 04 Jul 2019 24:00:00 GMT",
        "Thu, 04 Jul 2019 07:30:00 0200",
        "31 Jun 2019 07:30:00 GMT",
        "4/7/2019 07:30 GMT",
        "July 2019",
        "07:30:00 GMT",
        "4",
        "next Thursday",
        "now",
        "1562225400",
        "9" * 5000,
        "",
    ],
)
def test_what_is_missing_impossible_or_ambiguous_is_told_and_not_made_up(said: str) -> None:
    found, told = read(said)

    assert found == "None"
    assert told == [f'the publication date cannot be read: "{said}"']


@pytest.mark.parametrize(
    ("zone", "wrong"),
    [
        ("IST", "unknown time zone `IST`"),
        ("Q", "unknown time zone `Q`"),
        ("+9900", "unknown time zone `+9900`"),
        ("Nowhere/Town", "unknown time zone `Nowhere/Town`"),
        ("../../etc/passwd", "unknown time zone `../../etc/passwd`"),
        ("", "no time zone is named"),
    ],
)
def test_a_zone_that_is_unknown_or_missing_is_told(zone: str, wrong: str) -> None:
    said = f"Thu, 04 Jul 2019 07:30:00 {zone}".strip()

    assert read(said) == ("2019-07-04T07:30:00+00:00", [f'{wrong}; read as UTC: "{said}"'])


def test_hours_after_gmt_are_east_and_told() -> None:
    found, told = read("Thu, 04 Jul 2019 07:30:00 GMT+3")

    assert found == "2019-07-04T07:30:00+03:00"
    assert "`GMT+3` is read as" in told[0]
