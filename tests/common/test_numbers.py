import pytest
from django.db import transaction

from agency.common.services import next_number


def test_numbers_count_from_one_for_each_key(db):
    assert [next_number("CR:GI:2026") for _ in range(3)] == [1, 2, 3]
    assert next_number("CR:GI:2027") == 1


@pytest.mark.django_db(transaction=True)
def test_number_is_refused_outside_a_transaction():
    with pytest.raises(RuntimeError):
        next_number("CR:GI:2026")


@pytest.mark.django_db(transaction=True)
def test_number_is_not_burnt_when_the_issue_fails():
    @transaction.atomic
    def fail():
        next_number("CR:GI:2026")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction.atomic():
        assert next_number("CR:GI:2026") == 1
