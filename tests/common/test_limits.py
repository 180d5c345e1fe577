from datetime import timedelta

import pytest
from django.db import transaction

from agency.common.models import RateCount
from agency.common.services import take
from agency.common.services.limits import forget_counts
from tests.builders import when

AT = when("2026-11-20 11:00")
HOUR = timedelta(hours=1)


def test_three_an_hour_and_no_fourth(db):
    asked = [take(key="code:7", per=HOUR, amount=3, at=AT) for _ in range(4)]
    assert asked == [True, True, True, False]


def test_tokens_come_back_with_time(db):
    for _ in range(3):
        take(key="code:7", per=HOUR, amount=3, at=AT)
    soon, later = AT + timedelta(minutes=19), AT + timedelta(minutes=20)
    assert not take(key="code:7", per=HOUR, amount=3, at=soon)
    assert take(key="code:7", per=HOUR, amount=3, at=later)
    assert not take(key="code:7", per=HOUR, amount=3, at=later)


def test_a_bucket_never_holds_more_than_it_should(db):
    take(key="code:7", per=HOUR, amount=2, at=AT)
    later = AT + timedelta(days=30)
    asked = [take(key="code:7", per=HOUR, amount=2, at=later) for _ in range(3)]
    assert asked == [True, True, False]


def test_keys_do_not_share(db):
    assert take(key="a", per=HOUR, amount=1, at=AT)
    assert take(key="b", per=HOUR, amount=1, at=AT)


def test_a_clock_set_back_gives_nothing_away(db):
    take(key="a", per=HOUR, amount=1, at=AT)
    assert not take(key="a", per=HOUR, amount=1, at=AT - HOUR)


@pytest.mark.django_db(transaction=True)
def test_a_refused_verb_takes_its_count_back():
    """Why the limit is asked before the verb."""

    @transaction.atomic
    def refuse():
        take(key="a", per=HOUR, amount=1, at=AT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refuse()
    assert take(key="a", per=HOUR, amount=1, at=AT)


def test_old_counts_are_forgotten(db):
    take(key="a", per=HOUR, amount=1, at=AT)
    assert forget_counts(AT + timedelta(days=1)) == 0
    assert forget_counts(AT + timedelta(days=3)) == 1
    assert RateCount.objects.count() == 0
