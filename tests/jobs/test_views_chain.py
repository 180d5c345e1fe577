"""The pages of an estimate on its way: whose turn, approve in few clicks, wrong doors (3.6)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import ClientLink
from jobs.reports import awaiting
from jobs.services.signing import record_signature
from tests.builders import make_user
from tests.jobs.way import LINES, NOW, REASON, TOTAL, D, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return Team(code="LM")


@pytest.fixture
def as_user(client):
    def log_in(user):
        client.force_login(user)
        return client

    return log_in


def at(name, row):
    return reverse(f"jobs:{name}", args=[row.pk])


def shown(row, **typed):
    return {"row_version": row.row_version, "total": row.total, **typed}


def duties(user):
    return [(duty.button, duty.url) for duty in awaiting(user, NOW)]


# --- whose turn ---------------------------------------------------------------------------------


def test_from_home_to_approved_in_two_clicks_and_the_typed_total(team, as_user):
    row = team.submitted()
    assert ("Approve", at("estimate_approve", row)) in duties(team.am)
    browser = as_user(team.am)
    page = browser.get(at("estimate_approve", row))
    assert page.status_code == 200
    text = page.content.decode()
    assert "29,412.50" in text
    assert "55,947.16" not in text.replace('value="55947.16"', "")
    answer = browser.post(at("estimate_approve", row), shown(row, control_total="55,947.16"))
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    row.refresh_from_db()
    assert row.state == "manager_ok"
    assert duties(team.am) == []
    assert ("Approve", at("estimate_approve", row)) in duties(team.ad)


@pytest.mark.parametrize("lines", [1, 20])
def test_a_yes_is_as_many_questions_however_long_the_estimate(
    team, as_user, lines, django_assert_num_queries
):
    row = team.submitted(team.draft(lines=[LINES[0]] * lines))
    browser = as_user(team.am)
    browser.get(at("estimate_approve", row))
    with django_assert_num_queries(15):
        answer = browser.post(at("estimate_approve", row), shown(row, control_total=row.total))
    assert answer.status_code == 302


def test_the_directors_yes_is_14_questions(team, as_user, django_assert_num_queries):
    row = team.manager_ok()
    browser = as_user(team.ad)
    browser.get(at("estimate_approve", row))
    with django_assert_num_queries(14):
        answer = browser.post(at("estimate_approve", row), shown(row))
    assert answer.status_code == 302


@pytest.mark.parametrize("verb", ["approve", "refuse"])
@pytest.mark.parametrize("typed", [{"control_total": "55,947.16", "reason": REASON}, {}])
def test_who_has_no_right_of_a_step_is_refused_whatever_he_sends(team, as_user, verb, typed):
    row = team.submitted()
    for who in (team.ae, make_user(role="finance"), make_user(role="management")):
        answer = as_user(who).post(at(f"estimate_{verb}", row), shown(row, **typed))
        assert answer.status_code == 403
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_wrong_total_is_said_at_its_field(team, as_user):
    row = team.submitted()
    answer = as_user(team.am).post(
        at("estimate_approve", row), shown(row, control_total="55,947.15")
    )
    assert answer.status_code == 422
    assert "does not give the total" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "abc", "55.947,16x", "NaN", "1e99", "9" * 40, "<b>1</b>"])
def test_what_is_no_amount_approves_nothing(team, as_user, typed):
    row = team.submitted()
    answer = as_user(team.am).post(at("estimate_approve", row), shown(row, control_total=typed))
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "submitted"


def test_the_director_types_no_total(team, as_user):
    row = team.manager_ok()
    browser = as_user(team.ad)
    assert "control_total" not in browser.get(at("estimate_approve", row)).content.decode()
    assert browser.post(at("estimate_approve", row), shown(row)).status_code == 302
    row.refresh_from_db()
    assert row.state == "approved"
    assert ("Send", at("estimate_send", row)) in duties(team.ae)


def test_above_the_limit_the_second_director_is_called(team, as_user):
    team.client.director_limit = D("1000")
    team.client.save()
    row = team.manager_ok()
    as_user(team.ad).post(at("estimate_approve", row), shown(row))
    row.refresh_from_db()
    assert row.state == "director_ok"
    assert duties(team.ad) == []
    assert ("Approve", at("estimate_approve", row)) in duties(team.gad)


def test_management_comes_in_only_where_it_is_called_on(team, as_user):
    boss = make_user(role="management")
    row = team.submitted()
    assert as_user(boss).get(at("estimate_approve", row)).status_code == 403
    assert as_user(boss).get(row.get_absolute_url()).status_code == 200


def test_the_page_says_whose_turn_it_is(team, as_user):
    row = team.manager_ok()
    text = as_user(team.ae).get(row.get_absolute_url()).content.decode()
    assert text.count("step-done") == 2
    assert team.ad.name in text
    assert "Control total agrees" in text
    assert "Approve</a>" not in text
    mine = as_user(team.ad).get(row.get_absolute_url()).content.decode()
    assert "Your turn" in mine
    assert at("estimate_approve", row) in mine


def test_cost_only_for_who_may_see_it(team, as_user):
    row = team.submitted()
    assert "40,837.31" in as_user(team.ae).get(row.get_absolute_url()).content.decode()
    finance = make_user(role="finance")
    assert "40,837.31" in as_user(finance).get(row.get_absolute_url()).content.decode()


# --- wrong doors --------------------------------------------------------------------------------


@pytest.mark.rule("R56", "Z12")
def test_an_ae_posts_straight_to_the_director_step(team, as_user):
    row = team.manager_ok()
    answer = as_user(team.ae).post(at("estimate_approve", row), shown(row))
    assert answer.status_code == 403
    answer = as_user(team.am).post(at("estimate_approve", row), shown(row))
    assert answer.status_code == 403
    row.refresh_from_db()
    assert (row.state, row.approvals.count()) == ("manager_ok", 1)


def test_a_stale_page_is_a_409(team, as_user):
    row = team.submitted()
    answer = as_user(team.am).post(
        at("estimate_approve", row),
        shown(row, control_total=TOTAL, row_version=row.row_version - 1),
    )
    assert answer.status_code == 409
    answer = as_user(team.am).post(
        at("estimate_approve", row), shown(row, control_total=TOTAL, total="1.00")
    )
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "name",
    [
        "estimate_approve",
        "estimate_refuse",
        "estimate_send",
        "signature_record",
        "signature_confirm",
        "estimate_renew",
        "estimate_revise",
        "estimate_anew",
        "change_order_create",
    ],
)
def test_a_draft_has_no_page_of_the_chain(team, as_user, name):
    row = team.draft()
    browser = as_user(team.ad)
    assert browser.get(at(name, row)).status_code == 404
    assert browser.post(at(name, row), shown(row)).status_code == 404


def test_a_draft_leads_to_its_desk(team, as_user):
    row = team.draft()
    answer = as_user(team.ae).get(row.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, at("estimate_update", row))


# --- the way by hand ----------------------------------------------------------------------------


def test_submit_refuse_revise_by_the_pages(team, as_user):
    row = team.draft()
    browser = as_user(team.ae)
    assert browser.get(at("estimate_submit", row)).status_code == 200
    assert browser.post(at("estimate_submit", row), shown(row)).status_code == 302
    row.refresh_from_db()
    answer = as_user(team.am).post(at("estimate_refuse", row), shown(row, reason="no"))
    assert answer.status_code == 422
    as_user(team.am).post(at("estimate_refuse", row), shown(row, reason=REASON))
    row.refresh_from_db()
    assert row.state == "refused"
    assert ("Revise", row.get_absolute_url()) in duties(team.ae)
    answer = as_user(team.ae).post(at("estimate_revise", row), shown(row))
    draft = team.job.estimates.get(revision=2)
    assert answer.url == at("estimate_update", draft)
    assert duties(team.ae) == [one for one in duties(team.ae) if "Revise" not in one]


def test_what_is_missing_stands_at_the_submission(team, as_user):
    row = team.draft(lines=())
    answer = as_user(team.ae).post(at("estimate_submit", row), shown(row))
    assert answer.status_code == 422
    assert "There is no line yet." in answer.content.decode()


def test_send_and_withdraw_by_the_pages(team, as_user):
    row = team.approved()
    browser = as_user(team.ae)
    page = browser.get(at("estimate_send", row)).content.decode()
    assert f'value="{team.signer.pk}" selected' in page
    assert browser.post(at("estimate_send", row), shown(row)).status_code == 422
    answer = browser.post(at("estimate_send", row), shown(row, contact=team.signer.pk))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "sent"
    assert browser.post(at("estimate_withdraw", row), shown(row, reason=REASON)).status_code == 302
    assert ClientLink.objects.get(purpose="sign").state == "revoked"


def test_the_second_person_confirms_by_the_page(team, as_user):
    row = team.sent(at=timezone.now())
    record_signature(
        estimate=row, contact=team.signer, proof=team.scan(), by=team.ae, at=timezone.now()
    )
    row.refresh_from_db()
    assert ("Confirm", at("signature_confirm", row)) in duties(team.am)
    browser = as_user(team.am)
    assert browser.get(at("signature_confirm", row)).status_code == 200
    assert browser.post(at("signature_confirm", row), shown(row)).status_code == 302
    row.refresh_from_db()
    assert row.state == "signed"
    page = browser.get(row.get_absolute_url()).content.decode()
    assert at("change_order_create", row) in page


@pytest.mark.parametrize("state", ["submitted", "sent"])
def test_what_the_client_sees(team, as_user, settings, state):
    settings.FAULT = ""
    row = getattr(team, state)()
    browser = as_user(team.ae)
    page = browser.get(at("estimate_face", row)).content.decode()
    assert page.count("data:image/png;base64,") >= 1
    for face in ("client", "internal"):
        answer = browser.get(at("estimate_pdf", row), {"face": face})
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("state", ["submitted", "manager_ok", "approved", "sent", "signed"])
def test_a_bounded_number_of_questions(team, as_user, django_assert_max_num_queries, state):
    row = getattr(team, state)()
    browser = as_user(team.am)
    browser.get(row.get_absolute_url())
    with django_assert_max_num_queries(30):
        browser.get(row.get_absolute_url())
