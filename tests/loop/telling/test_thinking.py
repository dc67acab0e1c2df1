"""Addresses under lock, and what is news to whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.fernet import InvalidToken

from engage.loop.telling.addresses import Keeper, address_in
from engage.loop.telling.news import (
    Happened,
    deleted_on,
    is_over,
    is_too_late,
    news,
    number_of_news,
    wait_for_morning,
)
from tests.loop.telling.made import BOX

DAY = date(2026, 3, 1)


def test_only_the_key_opens_an_address():
    locked = Keeper("one").lock(BOX)
    assert Keeper("one").open(locked) == BOX
    for secret in ("sam", "home", "the yes", "the way out"):
        assert secret not in locked
    with pytest.raises(InvalidToken):
        Keeper("other").open(locked)
    with pytest.raises(ValueError, match="without a key"):
        Keeper(" , ")


def test_a_new_key_beside_the_old_one_opens_and_knows_again_what_the_old_one_kept():
    old, both = Keeper("old"), Keeper("new, old")
    assert both.open(old.lock(BOX)) == BOX
    assert old.digests(BOX.address)[0] in both.digests(BOX.address)
    assert Keeper("new").open(both.lock(BOX)) == BOX
    assert both.digests("SAM@home.example") == both.digests("sam@HOME.example")
    assert both.digests("sam@home.example") != both.digests("pat@home.example")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Sam@Home.Example", "Sam@home.example"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("ü@home.example", None),
        ("sam@localhost", None),
        ("sam", None),
        ("", None),
        ("sam@home.example\nBcc: x@y.example", None),
        ("a" * 250 + "@home.example", None),
    ],
)
def test_an_address_is_one_that_a_mail_server_takes(typed, found):
    assert address_in(typed) == found


def test_news_is_what_came_since_and_was_not_told_also_where_an_earlier_number_comes_late():
    happened = [Happened(n, 1, DAY) for n in (4, 5, 6)]
    assert [each.step_id for each in news(happened, DAY, [4, 6])] == [5]
    assert news(happened, date(2026, 3, 2), []) == []


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), 8),
        (datetime(2026, 7, 1, 0, 0, tzinfo=UTC), 7),
        (datetime(2026, 3, 1, 15, 0, tzinfo=UTC), 1),
    ],
)
def test_what_could_not_be_sent_goes_out_in_the_morning_or_soon(now, hours):
    assert wait_for_morning(now) == timedelta(hours=hours)


def test_a_yes_may_come_for_seven_days_and_an_address_stays_a_year():
    assert not is_too_late(DAY, date(2026, 3, 8))
    assert is_too_late(DAY, date(2026, 3, 9))
    assert deleted_on(DAY) == date(2027, 3, 1)
    assert is_over(DAY, said_yes=False, today=date(2026, 3, 9))
    assert not is_over(DAY, said_yes=True, today=date(2027, 2, 28))
    assert is_over(DAY, said_yes=True, today=date(2027, 3, 1))


def test_a_mail_is_known_by_what_it_tells_and_not_by_how_much():
    assert number_of_news([3, 14]) == number_of_news([14, 3])
    assert len({number_of_news(steps) for steps in ([3], [4], [3, 14], [31, 4])}) == 4
