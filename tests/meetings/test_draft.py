"""The draft is kept exactly as typed, and nothing typed is lost (issue: two tabs, reload)."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from meetings import services
from meetings.models import ContactReport
from meetings.services.typed import ActionData, PointData, of_report
from tests.builders import make_client, make_contact, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R18", "R19", "R26")]
AT = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def report(account, ae):
    client, contact = account
    return make.log(client, contact, ae)


def save(report, data, by, row_version=None):
    return services.save_draft(report=report, data=data, row_version=row_version, by=by, at=AT)


def test_what_is_typed_comes_back(report, ae, account):
    _client, contact = account
    typed = make.typed(
        contact,
        points=[PointData(kind="problem", text="The gold is greenish", solution=""), PointData()],
        actions=[ActionData(text="Proof again"), ActionData(user=ae, due_on=AT.date())],
        no_action=True,
        remark_internal="He was in a hurry.",
    )
    save(report, typed, ae)
    kept = of_report(ContactReport.objects.get(pk=report.pk))
    assert [(p.kind, p.text, p.solution) for p in kept.points] == [
        ("problem", "The gold is greenish", "")
    ]
    assert [(a.text, a.user, a.due_on) for a in kept.actions] == [
        ("Proof again", None, None),
        ("", ae, AT.date()),
    ]
    assert (kept.no_action, kept.remark_internal) == (True, "He was in a hurry.")


def test_rows_keep_their_identity_and_order(report, ae):
    first = of_report(report)
    more = replace(first, points=[PointData(text="New first"), *first.points])
    save(report, more, ae)
    assert [row.text for row in report.points.all()] == ["New first", "Poster A is taken."]
    assert report.points.last().pk == first.points[0].pk


def test_a_second_save_of_the_same_form_keeps_new_rows(report, ae):
    data = replace(of_report(report), points=[PointData(text="One"), PointData(text="Two")])
    save(report, data, ae)
    before = [row.pk for row in report.points.all()]
    save(report, data, ae)
    assert [row.pk for row in report.points.all()] == before


def test_removed_rows_go(report, ae):
    save(report, replace(of_report(report), points=[], actions=[]), ae)
    assert not report.points.exists()


def test_an_opinion_is_for_management_by_its_kind(report, ae):
    save(report, replace(of_report(report), points=[PointData("opinion", "Too slow")]), ae)
    assert report.points.get().for_management


def test_a_stale_page_gets_both_texts(report, ae):
    shown = report.row_version
    other = replace(of_report(report), points=[PointData(text="From the other tab")])
    version = save(report, other, ae, shown).row_version
    with pytest.raises(Stale) as caught:
        save(report, make.typed(points=[PointData(text="Mine")]), ae, shown)
    assert caught.value.row_version == version
    assert caught.value.current.points[0].text == "From the other tab"
    assert report.points.get().text == "From the other tab"


def test_owners_and_the_returner_cannot_be_left_out(report, ae, account):
    client, contact = account
    owner, colleague = make_contact(client, "叶知秋"), make_user("colleague", role="department")
    data = replace(
        of_report(report),
        actions=[
            ActionData(text="Samples", contact=owner, due_on=AT.date()),
            ActionData(text="Layout", user=colleague, due_on=AT.date()),
        ],
        recipients=[],
        readers=[],
    )
    save(report, data, ae)
    assert set(report.recipients.all()) == {contact, owner}
    assert set(report.readers.all()) == {colleague}


def test_lists_not_given_stay_as_they_are(report, ae):
    before = set(report.readers.all())
    save(report, replace(of_report(report), recipients=None, readers=None), ae)
    assert set(report.readers.all()) == before


def test_people_of_another_client_are_refused(report, ae):
    stranger = make_contact(make_client())
    for data in (
        make.typed(stranger),
        make.typed(actions=[ActionData(text="x", contact=stranger)]),
        replace(make.typed(), recipients=[stranger]),
    ):
        with pytest.raises(Refused):
            save(report, data, ae)
    assert report.points.get().text == "Poster A is taken."


def test_two_owners_are_refused(report, ae, account):
    _client, contact = account
    data = make.typed(contact, actions=[ActionData(text="x", user=ae, contact=contact)])
    with pytest.raises(Refused) as caught:
        save(report, data, ae)
    assert caught.value.field == "actions"


def test_an_issued_report_is_frozen(report, ae):
    make.send_out(report, ae, AT)
    with pytest.raises(Refused):
        save(report, make.typed(), ae)
    assert report.points.get().text == "Poster A is taken."


def test_others_may_not_write(report, other_ae):
    for person in (other_ae, make_user(role="finance"), make_user(role="admin")):
        with pytest.raises(PermissionDenied):
            save(report, make.typed(), person)


def test_saving_is_audited(report, ae):
    save(report, of_report(report), ae)
    assert AuditEntry.objects.filter(verb="save_report", actor=ae).count() == 1


def test_a_report_of_a_meeting_is_never_discarded(report, ae):
    with pytest.raises(Refused):
        services.discard_draft(report=report, row_version=None, by=ae, at=AT)
    assert ContactReport.objects.filter(pk=report.pk).exists()


def test_a_draft_revision_may_be_discarded(report, ae, account):
    former = make.send_out(report, ae, AT)
    draft = services.revise_report(report=former, reason="wrong date in 2", by=ae, at=AT)
    services.discard_draft(report=draft, row_version=draft.row_version, by=ae, at=AT)
    former.refresh_from_db()
    assert former.state == "issued"
    assert ContactReport.objects.count() == 1
