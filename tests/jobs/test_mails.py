"""Each letter of jobs to a contact, in both languages: whole, and in one language only (Z18)."""

import re
from datetime import date, timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import OutboxMail
from jobs.services.check import send_checked
from jobs.services.lines import save_line
from jobs.services.milestones import tick_milestone
from jobs.services.publishing import publish_timeline
from jobs.services.revising import draft_change_order
from jobs.services.sending import remind_client
from jobs.services.timeline import draft_timeline
from jobs.tasks.timeline import STEPS
from tests.builders import when
from tests.jobs import make
from tests.jobs.make import DUE, NOW
from tests.jobs.way import D, Team

pytestmark = [pytest.mark.django_db, pytest.mark.rule("Z18")]
# What is typed is not translated: data of one language in letters of that language.
TYPED = {
    "zh": {"title": "双旦礼盒上市", "step": "产品样品", "more": "拍摄", "needs": "两种口味各六盒",
           "effect": "拍摄顺延", "name": "叶知秋", "address_as": "叶总", "ae": "陆小满",
           "reason": "客户的样品晚到了，改期到下周", "client": "绿麦食品"},
    "en": {"title": "Gift boxes", "step": "Samples", "more": "Shooting", "needs": "Six of each",
           "effect": "Shooting is put off", "name": "Ye Zhiqiu", "address_as": "Ms Ye",
           "ae": "Lu Xiaoman", "reason": "The samples came a week late",
           "client": "Greenwheat Foods"},
}  # fmt: skip
# The link, which the sender fills in; numbers of papers, the currency, versions and revisions.
FILLED_LATER = re.compile(r"\{\{link:\d+\}\}")
CODES = re.compile(r"\bLM\b[/\w]*|\bLM-26-\d+\b|\bCNY\b|\bv\d+\b|\bR\d+\b|\bPDF\b")
WRONG = re.compile(r"%\(|%s|\{\{|\}\}|\{%|None|\(\)|“”|《》|: *(?=\n\n(?!0\n)|\Z)|：\Z| ,|\bfmt\b")
LATIN, HAN = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


@pytest.fixture(params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture
def typed(language):
    return TYPED[language]


@pytest.fixture
def team(language, typed):
    team = Team(code="LM", name=typed["client"], paper_language=language)
    for row, fields in (
        (team.signer, {"language": language, **_pick(typed, "name", "address_as")}),
        (team.ae, {"name": typed["ae"]}),
        (team.job, {"title": typed["title"], "state": "active"}),
    ):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return team


def _pick(typed, *names):
    return {name: typed[name] for name in names}


def newest(team):
    return OutboxMail.objects.filter(contact_id=team.signer.pk).latest("pk")


def check(mail, language):
    """Subject and text hold one language, no gap and no placeholder that nobody fills."""
    text = FILLED_LATER.sub("0", f"{mail.subject}\n{mail.text}")
    foreign = LATIN if language == "zh" else HAN
    assert foreign.findall(CODES.sub("", text)) == []
    assert WRONG.findall(text) == []
    assert text.split("\n")[-1].strip() or text.strip().split("\n")[-1]
    assert mail.subject.startswith("LM: ")
    assert "\n\n\n\n" not in mail.text


# --- estimates ----------------------------------------------------------------------------------


def test_an_estimate_to_sign(team, language):
    team.sent()
    mail = newest(team)
    check(mail, language)
    assert FILLED_LATER.search(mail.text)
    assert "55,947.16" in mail.text


def test_a_change_order_to_sign(team, language, typed):
    order = draft_change_order(estimate=team.signed(), reason=typed["reason"], by=team.ae, at=NOW)
    line = {"text": typed["more"], "unit": typed["step"], "quantity": D("1"),
            "unit_cost": D("100")}  # fmt: skip
    save_line(estimate=order, data=line, by=team.ae, at=NOW)
    order.refresh_from_db()
    team.sent(order)
    check(newest(team), language)


def test_the_reminder_to_sign(team, language):
    row = team.sent()
    first = newest(team)
    remind_client(row, "d7", NOW + timedelta(days=7))
    mail = newest(team)
    assert mail != first
    check(mail, language)


# --- timelines ----------------------------------------------------------------------------------


def plan(team, typed, **row):
    rows = [
        {"name": typed["step"], "owner": "client", "contact": team.signer, "client_visible": True,
         "due_on": date(2026, 11, 26), "needs": typed["needs"], "effect_if_late": typed["effect"],
         **row},
        {"name": typed["more"], "client_visible": True, "due_on": DUE},
    ]  # fmt: skip
    draft = make.make_timeline(team.job, state="draft", rows=rows)
    return publish_timeline(timeline=draft, by=team.ae, at=NOW)


def test_the_first_version_of_a_timeline(team, language, typed):
    plan(team, typed)
    check(newest(team), language)


def test_the_first_version_without_a_clients_duty(team, language, typed):
    rows = [{"name": typed["more"], "client_visible": True, "due_on": DUE}]
    draft = make.make_timeline(team.job, state="draft", rows=rows)
    publish_timeline(timeline=draft, by=team.ae, at=NOW, contacts=[team.signer])
    check(newest(team), language)


@pytest.mark.parametrize("cause", ["client", "agency", "force"])
def test_a_new_version_says_what_moved(team, language, typed, cause):
    plan(team, typed)
    draft = draft_timeline(job=team.job, by=team.ae, at=NOW)
    draft.reason = typed["reason"]
    draft.save()
    draft.milestones.filter(name=typed["step"]).update(
        due_on=date(2026, 11, 30), slip_cause=cause, starts_on=date(2026, 11, 25)
    )
    draft.milestones.create(
        position=3, name=typed["effect"], client_visible=True, due_on=date(2026, 12, 1)
    )
    draft.milestones.filter(name=typed["more"]).delete()
    publish_timeline(timeline=draft, by=team.ae, at=NOW)
    check(newest(team), language)


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-26", "2026-11-30"])
@pytest.mark.parametrize("bare", [False, True])
def test_the_reminder_of_a_duty(team, language, typed, day, bare):
    plan(team, typed, **({"needs": "", "effect_if_late": ""} if bare else {}))
    first = newest(team)
    for step in STEPS:
        list(run_step(step, when(f"{day} 09:00")))
    mail = newest(team)
    assert mail != first
    check(mail, language)


def test_a_duty_done_is_not_asked_for_in_the_letter(team, language, typed):
    current = plan(team, typed)
    row = current.milestones.get(name=typed["step"])
    tick_milestone(milestone=row, by=team.ae, at=NOW, done_on=NOW.date())
    draft = draft_timeline(job=team.job, by=team.ae, at=NOW)
    draft.reason = typed["reason"]
    draft.save()
    publish_timeline(timeline=draft, by=team.ae, at=NOW)
    check(newest(team), language)
    assert typed["needs"] not in newest(team).text


# --- what was made ------------------------------------------------------------------------------


def test_checked_work_for_review(team, language, typed):
    paper = make.make_document(team.client, kind="ad_file")
    row = make.make_check(
        team.job, "passed", title=typed["title"], document=paper, sha256=paper.sha256
    )
    send_checked(check=row, contacts=[team.signer], by=team.ae, at=NOW)
    check(newest(team), language)
