"""A client's opinion of our work reaches management (R25)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from meetings import services
from meetings.services.typed import PointData
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R25")]
AT = when("2026-11-19 12:00")
POINTS = [PointData(text="Fine"), PointData("opinion", "You proofread badly.")]


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def report(account, ae):
    client, contact = account
    return make.log(client, contact, ae, data=make.typed(contact, points=POINTS))


def told(report, kind="opinion"):
    return {who for who, _slot in make.told(report, kind)}


def test_at_issue_am_ad_and_gad_are_told(report, ae):
    assert told(report) == set()
    report = make.send_out(report, ae, AT)
    assert told(report) == {"am", "ad", str(report.client.group.head)}
    assert report.opinion_told_at == AT


def test_from_a_draft_at_once_and_not_again_at_issue(report, ae):
    point = report.points.get(kind="opinion")
    services.flag_opinion(point=point, by=ae, at=AT)
    assert len(told(report)) == 3
    with pytest.raises(Refused):
        services.flag_opinion(point=point, by=ae, at=AT)
    make.send_out(report, ae, when("2026-11-19 15:00"))
    assert len(make.told(report, "opinion")) == 3


def test_any_point_can_be_flagged(report, ae):
    point = report.points.get(kind="discussion")
    services.flag_opinion(point=point, by=ae, at=AT)
    point.refresh_from_db()
    assert (point.for_management, point.told_at) == (True, AT)


def test_unread_after_24_hours_the_ad_is_reminded_once(report, ae):
    make.send_out(report, ae, AT)
    make.tick(when("2026-11-20 11:59:59"))
    assert told(report, "opinion_unread") == set()
    for time in ("2026-11-20 12:00", "2026-11-20 12:01", "2026-11-23 12:00"):
        make.tick(when(time))
    assert make.told(report, "opinion_unread") == {("ad", "20261119T040000000000")}


def test_read_by_the_ad_nobody_is_reminded(report, ae, ad):
    report = make.send_out(report, ae, AT)
    report = services.read_opinion(report=report, by=ad, at=AT)
    assert (report.opinion_read_at, report.opinion_read_by) == (AT, ad)
    make.tick(when("2026-11-20 12:01"))
    assert told(report, "opinion_unread") == set()


def test_only_ad_and_gad_read_it(report, ae, am, other_ae):
    report = make.send_out(report, ae, AT)
    for person in (ae, am):
        with pytest.raises(Refused):
            services.read_opinion(report=report, by=person, at=AT)
    for person in (other_ae, make_user(role="admin")):
        with pytest.raises(PermissionDenied):
            services.read_opinion(report=report, by=person, at=AT)
    services.read_opinion(report=report, by=report.client.group.head, at=AT)


def test_a_report_without_opinion_has_nothing_to_read(account, ae, ad):
    client, contact = account
    report = make.issued(client, contact, ae)
    with pytest.raises(Refused):
        services.read_opinion(report=report, by=ad, at=AT)
