"""Four brands with six years of strategy and twelve brainstorms, played to their end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agency.common.models import Notification
from archives.models import Brainstorm, Document, Idea, StrategyEntry
from archives.reports.brand import BrandLine
from tests.demo.world import NOW

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
CODES = ("LM", "YL", "AH", "HC")


def lines(day=TODAY):
    """{code: BrandLine} of the four, as the one who heads their group sees them."""
    brands = {entry.brand for entry in StrategyEntry.objects.select_related("brand__client__group")}
    return {
        brand.client.code: BrandLine(brand, brand.client.group.head, NOW, day) for brand in brands
    }


@pytest.mark.rule("R42")
def test_four_brands_have_a_line_of_six_years_with_all_six_kinds():
    found = lines()
    assert {*found} == {*CODES}
    for line in found.values():
        days = [entry.valid_from for entry in line.entries]
        assert max(days) - min(days) > timedelta(days=5 * 365)
        assert {entry.kind for entry in line.entries} == {*StrategyEntry.Kind.values}


@pytest.mark.parametrize("years", [0, 2, 4])
def test_each_brand_is_read_as_it_stood_years_ago(years):
    for line in lines(TODAY - timedelta(days=years * 365)).values():
        assert ("creative", None) in line.in_force
        assert ("summary", None) in line.in_force or years == 4
        assert any(entry for _rival, entry in line.theirs)


@pytest.mark.rule("R82")
def test_two_summaries_wait_and_of_the_older_one_the_director_was_reminded():
    waiting = StrategyEntry.objects.unsigned().order_by("created_at")
    assert [entry.brand.client.code for entry in waiting] == ["AH", "YL"]
    told = Notification.objects.filter(kind="step_due", subject_id=waiting[0].pk)
    assert {row.recipient.role for row in told} == {"ad"}


@pytest.mark.rule("R43")
def test_of_twelve_brainstorms_ten_are_filed_one_is_to_be_held_one_is_late():
    storms = Brainstorm.objects.all()
    assert storms.count() == 12
    assert Document.objects.filter(kind="brainstorm", state="issued").count() == 10
    late, coming = storms.unrecorded().order_by("on")
    assert (late.brand.client.code, coming.brand.client.code) == ("YL", "HC")
    assert late.ended_at < NOW < coming.on
    assert Notification.objects.filter(kind="brainstorm_record", subject_id=late.pk).exists()


@pytest.mark.rule("R82")
def test_one_chair_is_below_the_manager_and_says_why():
    [storm] = Brainstorm.objects.exclude(chair_reason="")
    assert storm.chair.role == "ae"


@pytest.mark.rule("R74")
def test_ideas_stand_under_names_of_all_departments():
    roles = set(Idea.objects.values_list("by__role", flat=True))
    assert {"ae", "am", "ad", "department"} <= roles
    assert Idea.objects.filter(is_chosen=True).count() > 12
