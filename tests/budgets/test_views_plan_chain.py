"""The pages of a media plan on its way: whose turn, the yes, what the client sees (3.6, 3.8)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import ClientLink
from budgets.models import MediaPlan
from budgets.reports import awaiting
from jobs.reports.steps import trail_of
from jobs.services.chain import refuse
from jobs.services.sending import expire
from jobs.services.signing import record_scan
from jobs.services.steps import approvals_of
from tests.archives.papers import upload
from tests.budgets import make, plans
from tests.budgets.plan_way import NOW, REASON, TOTAL, PlanTeam
from tests.builders import from_kept, make_user
from tests.jobs.make import make_supplier, make_timeline
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
OWNER = "Geheim Medien"


def make_kept():
    team = PlanTeam(code="LM")
    make_timeline(team.job)
    owner = make_supplier(OWNER)
    draft = team.draft([{**line, "supplier": owner} for line in plans.EXAMPLE])
    return {"team": team, "draft": draft}


team, draft = from_kept("team", "draft")


def at(name, row):
    return reverse(f"budgets:plan_{name}", args=[row.pk])


def shown(row, **typed):
    return {"row_version": row.row_version, "total": row.total, **typed}


def duties(user):
    return [(duty.button, duty.url) for duty in awaiting(user, NOW)]


def sent_now(team, draft):
    return team.sent(draft, at=timezone.now() - timedelta(minutes=1))


# --- inside our house ---------------------------------------------------------------------------


def test_the_author_hands_it_in(team, draft, sign_in):
    page = sign_in(team.ae)
    assert at("submit", draft) in page.get(at("detail", draft)).content.decode()
    assert "number is drawn" in text_of(page.get(at("submit", draft)))
    assert page.post(at("submit", draft), shown(draft)).url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_what_is_missing_stands_before_the_button(team, draft, sign_in):
    draft.lines.all().delete()
    page = sign_in(team.ae)
    assert "There is no line yet." in text_of(page.get(at("submit", draft)))
    assert page.post(at("submit", draft), shown(draft)).status_code == 422


def test_from_home_to_approved_with_the_typed_total(team, draft, sign_in):
    make.make_budget(team.client, media="500000.00")
    row = team.submitted(draft)
    assert ("Approve", at("approve", row)) in duties(team.am)
    page = sign_in(team.am)
    words = text_of(page.get(at("approve", row)))
    assert "198,000.00" in words
    assert "518,522.85" not in words
    assert "489,172.50" in words  # in execution after the signature, of a budget of 500,000.00
    answer = page.post(at("approve", row), shown(row, control_total="518,522.85"))
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    assert duties(team.am) == []
    assert ("Approve", at("approve", row)) in duties(team.ad)


def test_director_sees_the_total_beside_the_button(team, draft, sign_in):
    row = team.manager_ok(draft)
    words = text_of(sign_in(team.ad).get(at("approve", row)))
    assert "Total with VAT CNY 518,522.85 Approve" in words


def test_trail_says_what_each_of_them_did(team, draft):
    row = MediaPlan.objects.get(pk=team.signed(draft).pk)
    said = [(who, str(what)) for _at, who, _for, what, _why in trail_of(row, approvals_of(row))]
    assert said == [
        (team.signer, "Signed"), (team.signer, "Got it for signature"), (team.ad, "Approved"),
        (team.am, "Approved"), (team.ae, "Handed in"),
    ]  # fmt: skip


@pytest.mark.rule("R37")
def test_a_signature_over_the_budget_is_said_before_it_is_asked_for(team, draft, sign_in):
    make.make_budget(team.client, media="489172.49")
    row = team.submitted(draft)
    assert "Over budget" in text_of(sign_in(team.am).get(at("approve", row)))


def test_a_wrong_total_is_said_at_its_field(team, draft, sign_in):
    row = team.submitted(draft)
    answer = sign_in(team.am).post(at("approve", row), shown(row, control_total="518,522.84"))
    assert answer.status_code == 422
    assert "does not give the total of the media plan" in text_of(answer)


def test_refused_the_author_goes_on(team, draft, sign_in):
    row = team.submitted(draft)
    page = sign_in(team.am)
    assert page.post(at("refuse", row), shown(row, reason=REASON)).status_code == 302
    assert ("Revise", at("detail", row)) in duties(team.ae)
    answer = sign_in(team.ae).post(at("revise", row), {"row_version": row.row_version + 1})
    newest = MediaPlan.objects.latest("pk")
    assert (answer.url, newest.revision) == (newest.get_absolute_url(), 2)
    assert ("Revise", at("detail", row)) not in duties(team.ae)


def test_withdrawn_with_a_reason(team, draft, sign_in):
    row = team.submitted(draft)
    page = sign_in(team.ae)
    assert page.post(at("withdraw", row), shown(row, reason="no")).status_code == 422
    assert page.post(at("withdraw", row), shown(row, reason=REASON)).status_code == 302


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_who_has_no_right_of_a_step_is_refused(team, draft, sign_in, verb):
    row = team.submitted(draft)
    for who in (team.ae, make_user(role="finance"), make_user(role="management")):
        answer = sign_in(who).post(at(verb, row), shown(row, control_total=TOTAL, reason=REASON))
        assert answer.status_code == 403


# --- who sees what ------------------------------------------------------------------------------


def test_our_side_sees_commission_and_owner(team, draft, sign_in):
    words = text_of(sign_in(team.ae).get(at("detail", team.submitted(draft))))
    assert [word for word in (OWNER, "73,375.88", "415,796.62") if word not in words] == []


def test_media_reads_the_lines_but_not_our_income(team, draft, sign_in):
    media = plans.worker(team.job)
    page = sign_in(media)
    words = text_of(page.get(at("detail", draft)))
    assert "198,000.00" in words
    assert [word for word in (OWNER, "73,375.88", "415,796.62") if word in words] == []
    for name in ("face", "pdf", "submit"):
        assert page.get(at(name, draft)).status_code == 403


def test_other_departments_and_other_clients_find_nothing(team, draft, sign_in):
    stranger = PlanTeam().ae
    for who in (plans.worker(team.job, "creative"), stranger):
        assert sign_in(who).get(at("detail", draft)).status_code == 404


@pytest.mark.parametrize("lines", [1, 40])
def test_as_many_questions_however_long_the_plan(
    team, draft, sign_in, lines, django_assert_max_num_queries
):
    draft.lines.all().delete()
    for _number in range(lines):
        plans.add(draft)
    page = sign_in(team.ae)
    page.get(at("detail", draft))
    with django_assert_max_num_queries(15):
        assert page.get(at("detail", draft)).status_code == 200


def test_both_faces_as_files(team, draft, sign_in):
    page = sign_in(team.ae)
    for face in ("client", "internal"):
        answer = page.get(at("pdf", draft), {"face": face})
        assert answer["Content-Disposition"] == f'attachment; filename="preview-{face}.pdf"'
    assert page.get(at("face", draft)).status_code == 200


# --- to the client and back ---------------------------------------------------------------------


def test_sent_from_its_page(team, draft, sign_in):
    row = team.approved(draft)
    assert ("Send", at("send", row)) in duties(team.ae)
    page = sign_in(team.ae)
    assert page.get(at("send", row)).status_code == 200
    assert page.post(at("send", row), shown(row)).status_code == 422
    assert page.post(at("send", row), shown(row, contact=team.signer.pk)).status_code == 302
    row.refresh_from_db()
    assert row.state == "sent"


@pytest.mark.rule("R57")
def test_a_scan_then_a_second_person(team, draft, sign_in):
    row = sent_now(team, draft)
    typed = {"row_version": row.row_version, "contact": team.signer.pk, "proof": upload()}
    assert sign_in(team.ae).post(at("sign_paper", row), typed).status_code == 302
    assert ClientLink.objects.get(purpose="sign").state == "revoked"
    assert ("Confirm", at("confirm", row)) in duties(team.am)
    row.refresh_from_db()
    page = sign_in(team.am)
    assert page.get(at("confirm", row)).status_code == 200
    assert page.post(at("confirm", row), {"row_version": row.row_version}).status_code == 302
    row.refresh_from_db()
    assert row.state == "signed"


def test_whoever_recorded_it_is_not_asked_to_confirm(team, draft):
    row = team.sent(draft)
    record_scan(paper=row, contact=team.signer, proof=team.scan(), by=team.am, at=NOW)
    assert ("Confirm", at("confirm", row)) not in duties(team.am)


def test_expired_and_renewed_by_the_manager(team, draft, sign_in):
    row = team.sent(draft, at=timezone.now() - timedelta(days=30))
    gone = expire(paper=row, at=row.expires_at)
    page = sign_in(team.am)
    assert page.get(at("costs", gone)).status_code == 200
    typed = shown(gone, contact=team.signer.pk, costs_confirmed="on")
    assert page.post(at("renew", gone), typed).status_code == 302
    gone.refresh_from_db()
    assert gone.state == "sent"


def test_a_signed_plan_asks_why_there_is_a_new_version(team, draft, sign_in):
    row = team.signed(draft)
    page = sign_in(team.ae)
    assert "New version" in text_of(page.get(at("detail", row)))
    assert page.post(at("revise", row), shown(row)).status_code == 422
    answer = page.post(at("revise", row), shown(row, reason=REASON))
    assert page.get(answer.url).status_code in (200, 302)


def test_an_older_page_is_stale(team, draft, sign_in):
    row = team.submitted(draft)
    refuse(paper=row, step="manager", by=team.am, at=NOW, reason=REASON)
    typed = {"row_version": 99}
    assert sign_in(team.ae).post(at("revise", row), typed).status_code == 409
