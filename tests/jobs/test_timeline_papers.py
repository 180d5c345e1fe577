"""The faces of a plan: what the client reads, and what it never reads (R63, R64)."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from agency.common.models import OutboxMail
from agency.common.pdf import text_of
from agency.feeds import calendar_of
from archives.models import Dispatch
from archives.storage import read_file
from jobs import planwords
from jobs.models import Supplier
from jobs.papers import timeline as papers
from jobs.services.milestones import tick_milestone
from jobs.services.publishing import publish_timeline, rows_of
from jobs.services.timeline import draft_timeline
from jobs.templatetags.plans import step_lines
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
PLANTED = {
    "supplier": "PLANTED-SUPPLIER",
    "remark": "PLANTED-REMARK margin 18% cost 40837.31",
    "note": "PLANTED-SLIP our designer forgot",
    "hidden": "PLANTED-HIDDEN step",
    "person": "PLANTED-ARTIST",
    "reason": "PLANTED-REASON we lost two days",
    "ill": "PLANTED-ILL the client was slow",
}


def planted_rows(contact):
    artist = make_user(role="department", department="creative", name=PLANTED["person"])
    printer, _made = Supplier.objects.get_or_create(name=PLANTED["supplier"])
    seen = {"client_visible": True, "internal_note": PLANTED["remark"]}
    return [
        {"name": PLANTED["hidden"], "due_on": date(2026, 12, 1)},
        {**seen, "name": "初稿", "owner": "creative", "user": artist, "due_on": date(2026, 12, 2),
         "slip_cause": "agency", "slip_note": PLANTED["note"]},
        {**seen, "name": "印刷", "owner": "supplier", "supplier": printer,
         "due_on": date(2026, 12, 9), "slip_cause": "supplier", "slip_note": PLANTED["note"]},
        {**seen, "name": "样品", "owner": "client", "contact": contact,
         "due_on": date(2026, 12, 4), "slip_cause": "client", "slip_note": PLANTED["ill"]},
        {**seen, "name": "交付", "due_on": DUE - timedelta(days=2)},
    ]  # fmt: skip


def make_kept():
    """A job without a plan, and the second version of another job's, all visible rows slipped.

    That plan is full of what the client must not read.
    """
    ae, am, ad = (make_user(role, role) for role in ("ae", "am", "ad"))
    client = make_client("LM", team=[ae, am, ad], name="绿麦食品")
    contact = make_contact(client, name="叶知秋")
    job, other = (make.make_job(client, ae, title="双旦礼盒上市") for _job in range(2))
    draft = make.make_timeline(other, state="draft", rows=planted_rows(contact))
    publish_timeline(timeline=draft, by=ae, at=NOW)
    draft = draft_timeline(job=other, by=ae, at=NOW)
    draft.reason = PLANTED["reason"]
    draft.save()
    for row in draft.milestones.filter(slip_cause__in=["agency", "supplier", "client"]):
        row.due_on += timedelta(days=1)
        row.save()
    second = publish_timeline(timeline=draft, by=ae, at=NOW)
    return {"ae": ae, "am": am, "contact": contact, "job": job, "second": second}


ae, am, contact, job, second = from_kept("ae", "am", "contact", "job", "second")


def planted_in(text):
    return [name for name, words in PLANTED.items() if words.split()[0] in text]


@pytest.mark.rule("R63")
def test_the_clients_paper_holds_nothing_planted(second):
    text = text_of(read_file(second.client_document.sha256))
    assert planted_in(text) == []
    assert "初稿" in text
    assert "40837" not in text
    assert "我方" not in text
    assert "余量" not in text
    inside = text_of(read_file(second.internal_document.sha256))
    assert planted_in(inside) == list(PLANTED)


@pytest.mark.rule("R63")
def test_the_clients_mails_hold_nothing_planted(second, contact):
    mails = OutboxMail.objects.filter(contact_id=contact.pk)
    assert mails.count() == 2
    for mail in mails:
        assert planted_in(f"{mail.subject} {mail.text}") == []


@pytest.mark.rule("R63")
def test_calendars_name_steps_only(second, ae):
    row = second.milestones.get(name="交付")
    row.user = ae
    row.save()
    text = calendar_of(ae, NOW).to_ical().decode()
    assert "交付" in text
    assert planted_in(text) == []


@pytest.mark.rule("R63")
def test_the_client_page_holds_nothing_planted(second, client, ae):
    client.force_login(ae)
    page = client.get(f"{second.get_absolute_url()}?face=client")
    start = page.content.decode().index("<main")
    assert planted_in(page.content.decode()[start:]) == []
    inside = client.get(second.get_absolute_url()).content.decode()
    assert {"supplier", "remark", "note", "hidden", "person"} <= set(planted_in(inside))


def face(timeline, data_of=papers.timeline_client, former=(), **more):
    return data_of(timeline, rows_of(timeline), former, at=NOW, **more)


def named(data, name):
    return next(row for row in data["rows"] if row["name"] == name)


@pytest.mark.rule("R63")
def test_of_ours_only_ae_am_and_ad_have_names(second, ae, am):
    row = second.milestones.get(name="初稿")
    row.user = am
    row.save()
    data = face(second)
    assert named(data, "初稿")["who"]["name"] == am.name
    assert "role" not in named(data, "印刷")["who"]
    assert data["team"][0]["name"] == ae.name


@pytest.mark.rule("R63")
def test_a_stand_in_who_wrote_it_is_not_named_to_the_client(job, ae):
    other = make_user(role="ae", name="Somebody Else")
    timeline = make.make_timeline(job, state="draft", author=other)
    assert face(timeline)["author"]["name"] == ae.name
    assert face(timeline, papers.timeline_internal)["author"]["name"] == "Somebody Else"


@pytest.mark.rule("R63")
def test_causes_on_our_side_and_their_old_dates_stay_inside(second):
    data = face(second)
    ours, theirs = named(data, "初稿"), named(data, "样品")
    assert (ours["cause"], ours["was_due_on"], ours["forecast_on"]) == ("", None, None)
    assert (theirs["cause"], theirs["was_due_on"]) == ("client", date(2026, 12, 4))
    inside = face(second, papers.timeline_internal)
    assert named(inside, "初稿")["cause"] == "agency"
    assert named(inside, "初稿")["was_due_on"] == date(2026, 12, 2)
    assert (inside["slack"], inside["reason"]) == (2, PLANTED["reason"])
    assert "slack" not in data
    assert "reason" not in data


@pytest.mark.rule("R66")
def test_the_client_is_told_what_moved_of_its_rows_only(job, contact, ae):
    draft = make.make_timeline(job, state="draft", rows=planted_rows(contact))
    first = publish_timeline(timeline=draft, by=ae, at=NOW)
    old = rows_of(first)
    rows = rows_of(first)
    rows[0].due_on += timedelta(days=3)
    rows[1].due_on += timedelta(days=3)
    rows[3].due_on += timedelta(days=3)
    data = papers.timeline_client(first, rows, old, at=NOW)
    assert [(move["name"], move["what"], move["cause"]) for move in data["moves"]] == [
        ("初稿", "due_on", ""),
        ("样品", "due_on", "client"),
    ]
    inside = papers.timeline_internal(first, rows, old, at=NOW)
    assert [move["cause"] for move in inside["moves"]] == ["", "agency", "client"]


def test_a_row_shown_to_the_client_from_now_on_is_new_to_it(job, contact, ae):
    draft = make.make_timeline(job, state="draft", rows=planted_rows(contact))
    old, rows = rows_of(draft), rows_of(draft)
    rows[0].client_visible = True
    data = papers.timeline_client(draft, rows, old, at=NOW)
    assert [(move["name"], move["what"]) for move in data["moves"]] == [
        (PLANTED["hidden"], "added")
    ]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"done_on": NOW.date()}, "done"),
        ({"due_on": date(2026, 11, 18)}, "late"),
        ({"due_on": date(2026, 11, 19)}, "going"),
        ({"starts_on": date(2026, 11, 18)}, "going"),
        ({"starts_on": date(2026, 11, 20)}, "todo"),
    ],
)
def test_the_state_in_a_word(job, fields, state):
    timeline = make.make_timeline(job, rows=[{**fields}, {"name": "End", "due_on": DUE}])
    data = face(timeline, papers.timeline_internal)
    assert data["rows"][0]["state"] == state
    assert data["rows"][1]["state"] == "goal"


@pytest.mark.rule("R64")
def test_client_duties_are_said_in_words_not_in_colour_alone(second):
    text = text_of(read_file(second.client_document.sha256))
    assert "▲ 请客户配合：样品" in text.replace("\n", "")
    assert text.count("▲") >= 3


@pytest.mark.rule("R64")
def test_a_duty_says_who_when_and_what_slips_if_late(job, contact, ae):
    row = {"name": "样品", "owner": "client", "contact": contact, "client_visible": True,
           "needs": "十二盒", "effect_if_late": "拍摄顺延"}  # fmt: skip
    draft = make.make_timeline(job, state="draft", rows=[row])
    text = text_of(
        read_file(publish_timeline(timeline=draft, by=ae, at=NOW).client_document.sha256)
    )
    for words in ("叶知秋（", "绿麦食品", "十二盒", "拍摄顺延", "12-18（周五）"):
        assert words in text.replace("\n", "")


def test_where_nothing_is_said_a_standing_sentence_tells_what_slips(second):
    text = text_of(read_file(second.client_document.sha256))
    assert "每延一天，后续步骤顺延一天" in text.replace("\n", "")


@pytest.mark.parametrize(("language", "words"), [("en", "Client duty"), ("both", "Client duty")])
def test_other_languages(job, contact, ae, language, words):
    job.client.paper_language = language
    job.client.save()
    row = {"name": "样品", "name_en": "Samples", "owner": "client", "contact": contact,
           "client_visible": True}  # fmt: skip
    draft = make.make_timeline(job, state="draft", rows=[row])
    text = text_of(
        read_file(publish_timeline(timeline=draft, by=ae, at=NOW).client_document.sha256)
    )
    assert words in text.replace("\n", " ")
    assert ("Samples" in text) == (language == "en")


def test_a_plan_without_a_row_for_the_client_says_so(job, ae):
    draft = make.make_timeline(job, state="draft", rows=[{"name": "Inside"}])
    current = publish_timeline(timeline=draft, by=ae, at=NOW)
    assert "没有对客步骤。" in text_of(read_file(current.client_document.sha256))
    assert not Dispatch.objects.filter(document__job_numbers__job_number=job.number).exists()


def test_progress_stands_on_the_page_not_on_the_filed_paper(second, ae):
    before = second.client_document.sha256
    row = second.milestones.get(name="样品")
    tick_milestone(milestone=row, by=ae, at=NOW, done_on=NOW.date())
    assert named(face(second), "样品")["state"] == "done"
    second.refresh_from_db()
    assert second.client_document.sha256 == before


# --- words --------------------------------------------------------------------------------------


def move(what, old=None, new=None, cause=""):
    return {"name": "拍摄", "name_en": "Photos", "what": what, "old": old, "new": new,
            "cause": cause}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (move("due_on", date(2026, 11, 24), date(2026, 11, 28)), "Photos: 24 Nov → 28 Nov"),
        (
            move("due_on", date(2026, 11, 24), date(2026, 11, 28), "client"),
            "Photos: 24 Nov → 28 Nov (Client)",
        ),
        (move("added", None, date(2026, 11, 28)), "Photos: new, due 28 Nov"),
        (move("dropped", date(2026, 11, 24)), "Photos: dropped"),
        (move("starts_on", None, date(2026, 11, 24)), "Photos begins: – → 24 Nov"),
        (move("owner", "Client", "Supplier"), "Photos, owner: Client → Supplier"),
    ],
)
def test_what_moved_in_a_line(change, words):
    with translation.override("en"):
        assert planwords.moved_text(change) == words


def test_a_long_list_of_moves_is_cut_with_its_count():
    with translation.override("en"):
        lines = str(planwords.moves_text([move("dropped")] * 15)).splitlines()
    assert (len(lines), lines[-1]) == (13, "and 3 more")
    assert planwords.moves_text([]) == ""


def bar(**fields):
    facts = {"name": "样品", "name_en": "", "is_duty": False, "state": "todo", "days_late": 0,
             "cause": "", "is_final": False, "due_on": date(2026, 12, 4)}  # fmt: skip
    return {**facts, **fields}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (bar(), ""),
        (bar(is_duty=True), "▲ Client duty, by 4 Dec"),
        (bar(is_duty=True, state="done"), "▲ The client has done it"),
        (bar(is_duty=True, state="late", days_late=1), "▲ Client duty: 1 day late"),
        (bar(state="late", days_late=2), "2 days late: enter the real date"),
        (bar(state="done", days_late=2, cause="force"), "2 days late, Force majeure"),
        (bar(state="done", days_late=2), "2 days late"),
        (bar(state="done"), ""),
        (bar(is_final=True, state="goal"), "Goal: 4 Dec"),
    ],
)
def test_the_words_beside_a_bar(row, words):
    with translation.override("en"):
        assert planwords.bar_text(row) == words


@pytest.mark.parametrize(
    ("lang", "row", "lines"),
    [
        ("zh", bar(name="打样"), 1),
        ("zh", bar(name="核准打样并签回", is_duty=True), 1),
        ("zh", bar(name="核准打样并由总经理签字盖章后传回", is_duty=True), 2),
        ("zh", bar(name="一" * 40), 3),
        ("en", bar(name="打样", name_en="Approve and sign the proof of the box", is_duty=True), 2),
    ],
)
def test_how_many_lines_a_step_takes_on_paper(lang, row, lines):
    assert step_lines(lang)(row) == lines
