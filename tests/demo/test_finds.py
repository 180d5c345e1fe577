"""Two hundred searches of the demo, as its stopwatch measured them (domain.md section 11)."""

from decimal import Decimal

import pytest

from agency.common.spans import median, percentile
from archives.models import Document, FindSession
from tests.demo.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def seconds():
    return list(FindSession.objects.values_list("seconds", flat=True))


def test_two_hundred_were_measured_three_above_the_promise(seconds):
    assert len(seconds) == 200
    assert sum(one > 180 for one in seconds) == 3


def test_middle_and_95th_are_those_of_the_handbook(seconds):
    assert median(seconds) == Decimal(21)
    assert percentile(seconds, Decimal("0.95")) == Decimal(96)


def test_each_opened_a_paper_of_a_client_of_theirs():
    for find in FindSession.objects.select_related("user", "opened"):
        assert Document.objects.visible_to(find.user, NOW).filter(pk=find.opened_id).exists()
