"""The last check: of one very file, by another person, once (R71–R73, 3.12)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import Notification, OutboxMail
from archives.models import Document
from jobs.items import ITEMS, is_clean, items_of
from jobs.models import OutgoingCheck
from jobs.services import check as checks
from tests.builders import make_client, make_contact, make_stand_in, make_user
from tests.jobs import make
from tests.jobs.make import NOW, D

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(ae, am):
    return make.make_job(make_client("LM", team=[ae, am]), ae, state="active")


def file(job, content=b"%PDF-1.7 poster"):
    return make.make_document(job.client, kind="ad_file", content=content)


def ask(job, ae, paper=None, **fields):
    defaults = {"kind": "creative", "author": ae, "title": "Autumn poster"}
    return checks.open_check(
        client=job.client, job=job, document=paper or file(job), by=ae, at=NOW,
        **{**defaults, **fields},
    )  # fmt: skip


def all_yes(kind="creative", **other):
    return {key: "yes" for key, _words in items_of(kind)} | other


def test_every_kind_has_items():
    assert set(ITEMS) == set(OutgoingCheck.Kind)


@pytest.mark.parametrize(
    ("items", "clean"),
    [
        (all_yes(), True),
        (all_yes(legal="na"), True),
        (all_yes(legal="no"), False),
        ({"proofread": "yes"}, False),
        ({}, False),
    ],
)
def test_clean_means_every_item_answered_and_none_with_no(items, clean):
    assert is_clean("creative", items) is clean


@pytest.mark.rule("R71")
def test_asking_tells_the_manager_and_twice_is_once(job, ae, am):
    paper = file(job)
    check = ask(job, ae, paper)
    assert ask(job, ae, paper) == check
    assert Notification.objects.filter(recipient=am, kind="step_waiting").count() == 1


@pytest.mark.rule("R71")
def test_passed_file_may_leave_and_a_changed_one_may_not(job, ae, am):
    paper = file(job)
    checks.pass_check(check=ask(job, ae, paper), items=all_yes(), by=am, at=NOW)
    assert checks.passed(paper.sha256, job.client)
    assert not checks.passed(file(job, b"%PDF-1.7 changed").sha256, job.client)
    assert not checks.passed(paper.sha256, make_client())


@pytest.mark.rule("R72")
def test_author_does_not_check_nor_his_stand_in_for_him(job, ae, am):
    check = ask(job, am, author=am)
    deputy = make_user(role="am")
    make_stand_in(am, deputy, NOW.date(), NOW.date())
    for user in (am, deputy):
        with pytest.raises(Refused):
            checks.pass_check(check=check, items=all_yes(), by=user, at=NOW)
    assert checks.pass_check(check=check, items=all_yes(), by=ae, at=NOW).state == "passed"


@pytest.mark.rule("R71")
def test_open_item_does_not_pass(job, ae, am):
    with pytest.raises(Refused) as refused:
        checks.pass_check(check=ask(job, ae), items=all_yes(names="no"), by=am, at=NOW)
    assert refused.value.field == "items"


@pytest.mark.rule("R71")
@pytest.mark.parametrize("typed", ["100.01", "99.99", None])
def test_other_total_does_not_pass(job, ae, am, typed):
    check = ask(job, ae, kind="invoice", expected_total=D("100.00"))
    with pytest.raises(Refused) as refused:
        checks.pass_check(
            check=check, items=all_yes("invoice"), by=am, at=NOW, control_total=typed and D(typed)
        )
    assert refused.value.field == "control_total"


def test_equal_total_passes(job, ae, am):
    check = ask(job, ae, kind="invoice", expected_total=D("100.00"))
    check = checks.pass_check(
        check=check, items=all_yes("invoice"), by=am, at=NOW, control_total=D("100.00")
    )
    assert (check.state, check.control_total) == ("passed", D("100.00"))


@pytest.mark.rule("R73")
def test_failure_says_what_and_reaches_the_author(job, ae, am):
    check = ask(job, ae)
    with pytest.raises(Refused):
        checks.fail_check(check=check, items={}, findings=" ", by=am, at=NOW)
    checks.fail_check(check=check, items={"product": "no"}, findings="Wrong price", by=am, at=NOW)
    assert "Wrong price" in Notification.objects.get(recipient=ae, kind="refused").label


@pytest.mark.rule("R73")
def test_failed_file_is_not_asked_for_again_and_the_new_one_follows_it(job, ae, am):
    paper = file(job)
    failed = ask(job, ae, paper)
    checks.fail_check(check=failed, items={}, findings="Wrong price", by=am, at=NOW)
    with pytest.raises(Refused):
        ask(job, ae, paper)
    assert ask(job, ae, file(job, b"%PDF-1.7 corrected")).follows == failed


def test_check_ends_once(job, ae, am):
    check = checks.pass_check(check=ask(job, ae), items=all_yes(), by=am, at=NOW)
    for verb, more in ((checks.pass_check, {}), (checks.fail_check, {"findings": "Too late"})):
        with pytest.raises(Refused):
            verb(check=check, items=all_yes(), by=am, at=NOW, **more)


def test_stale_page_judges_nothing(job, ae, am):
    with pytest.raises(Stale):
        checks.pass_check(check=ask(job, ae), items=all_yes(), by=am, at=NOW, row_version=5)


def test_foreign_ae_neither_asks_nor_checks(job, ae, other_ae):
    check = ask(job, ae)
    with pytest.raises(PermissionDenied):
        ask(job, other_ae)
    with pytest.raises(PermissionDenied):
        checks.pass_check(check=check, items=all_yes(), by=other_ae, at=NOW)


def test_ended_check_is_filed_as_an_internal_paper(job, ae, am):
    check = checks.pass_check(check=ask(job, ae), items=all_yes(), by=am, at=NOW)
    paper = Document.objects.get(kind="outgoing_check")
    assert (paper.face, paper.number, check.paper) == ("internal", "LM/OC/2026/001", paper)


@pytest.mark.rule("R71")
def test_checked_file_goes_to_the_client_and_an_unchecked_one_does_not(job, ae, am):
    contact = make_contact(job.client, email="he@client.example")
    check = ask(job, ae)
    with pytest.raises(Refused):
        checks.send_checked(check=check, contacts=[contact], by=ae, at=NOW)
    assert not OutboxMail.objects.filter(to=contact.email).exists()
    check = checks.pass_check(check=check, items=all_yes(), by=am, at=NOW)
    checks.send_checked(check=check, contacts=[contact], by=ae, at=NOW)
    mail = OutboxMail.objects.get(to=contact.email)
    assert mail.attachments[0]["sha256"] == check.sha256


def test_first_looks_leave_out_what_follows_a_failure(job, ae, am):
    failed = ask(job, ae)
    checks.fail_check(check=failed, items={}, findings="Wrong price", by=am, at=NOW)
    again = ask(job, ae, file(job, b"%PDF-1.7 corrected"))
    checks.pass_check(check=again, items=all_yes(), by=am, at=NOW)
    assert list(OutgoingCheck.objects.first_looks()) == [failed]
