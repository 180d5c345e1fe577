"""Quarterly reports and observations of the demo (domain.md section 11)."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Client
from agency.demo import quarters
from archives.models import Observation, QuarterlyReport
from archives.quarters import days_of, quarter_of
from tests.demo.world import NOW

pytestmark = pytest.mark.django_db


def report_of(code):
    client = Client.objects.get(code=code)
    stage = SimpleNamespace(clients={code: client}, now=NOW)
    year, quarter = quarters.quarter_of_demo(stage, code)
    return QuarterlyReport.objects.get(client=client, year=year, quarter=quarter)


def test_it_is_issued_in_time_with_pictures_of_its_competitors():
    report = report_of("LM")
    assert (report.state, report.is_late(NOW)) == ("issued", False)
    assert report.document.dispatches.exists()
    papers = {seen.document for row in report.rows.all() for seen in row.observations.evidenced()}
    assert len(papers) >= 2
    assert {paper.mime for paper in papers} == {"image/png"}


def test_one_was_late_with_its_reason():
    report = report_of(quarters.LATE)
    assert (report.state, report.is_late(NOW)) == ("issued", True)
    assert report.late_reason == quarters.WHY_LATE


def test_one_is_being_written_past_its_time():
    report = report_of(quarters.OVERDUE)
    assert (report.state, report.is_late(NOW)) == ("draft", True)
    assert report.market
    assert not report.proposal


def test_the_running_quarter_has_its_observations():
    today = timezone.localdate(NOW)
    first, _last = days_of(*quarter_of(today))
    asked = [seen for seen in quarters.SEEN if seen[0] < (today - first).days]
    found = Observation.objects.filter(on__gte=first, brand__client__code="LM")
    assert found.count() >= 2 * len(asked)


def test_each_of_the_five_clients_has_a_competitor():
    codes = Observation.objects.filter(competitor__isnull=False).values_list(
        "brand__client__code", flat=True
    )
    assert set(codes) == set(quarters.CODES)


def test_no_two_pictures_are_alike():
    assert len({quarters.drawn("#336699", turn) for turn in range(20)}) == 20


def test_of_the_quarters_before_none_is_left_unwritten():
    waiting = QuarterlyReport.objects.unissued()
    late = {report.client.code for report in waiting if report.is_late(NOW)}
    assert late == {quarters.OVERDUE}
