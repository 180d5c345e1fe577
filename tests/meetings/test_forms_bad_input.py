"""Bad input at every form of meetings: a message at the field, nothing typed lost, never a 500."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import ActionPoint, ContactReport, Meeting
from meetings.services.typed import ActionData, ItemData
from tests.builders import make_client, make_contact, make_user
from tests.meetings import make
from tests.meetings.pages import fields_of, send

MEGABYTE = "长" * 350_000  # in UTF-8
SCRIPT = "<script>alert(1)</script>"
BREAK = "Poster\r\nBcc: spy@client.example"
TOMORROW = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}"

# (field, what is typed); the message stands at that field
CALL = [
    ("title", ""),
    ("title", " "),
    ("title", "n" * 121),
    ("title", BREAK),
    ("title", "bell\x07"),
    ("title", MEGABYTE),
    ("ended_at", ""),
    ("ended_at", "yesterday"),
    ("ended_at", "2026-13-45T99:99"),
    ("ended_at", "0001-01-01T00:00"),
    ("ended_at", "9999-12-31T23:59"),
    ("ended_at", "1999-12-31T10:00"),
    ("ended_at", TOMORROW),
    ("minutes", "-5"),
    ("minutes", "0"),
    ("minutes", "ten"),
    ("minutes", "9" * 40),
    ("contacts", None),
    ("contacts", ["c0"]),
    ("contacts", ["u1; DROP TABLE"]),
    ("users", None),
    ("users", ["u999999"]),
    ("returner", "c999999"),
    ("report", "999999"),
    ("form_key", "not-a-key"),
    ("points-0-text", MEGABYTE),
    ("points-0-text", "bell\x07"),
    ("points-0-kind", "gossip"),
    ("points-0-solution", "s" * 4001),
    ("actions-0-text", "a" * 301),
    ("actions-0-text", BREAK),
    ("actions-0-owner", "u999999"),
    ("actions-0-due_on", "31.12.2026"),
    ("actions-0-due_on", "0000-00-00"),
    ("actions-0-due_on", "2100-01-01"),
]
DRAFT = [
    *[row for row in CALL if row[0].startswith(("points", "actions"))],
    ("actions-0-due_on", "1999-12-31"),
    ("points-0-item", "999999"),
    ("points-0-pk", "abc"),
    ("actions-0-pk", "9" * 5000),
    ("returner", "c999999"),
    ("returner", "u1"),
    ("channel", "pigeon"),
    ("recipients", ["c999999"]),
    ("readers", ["u999999"]),
    ("remark_internal", MEGABYTE),
    ("remark_internal", "bell\x07"),
    ("row_version", ""),
    ("row_version", "abc"),
]
PLAN = [
    ("title", ""),
    ("title", "n" * 121),
    ("title", BREAK),
    ("title", MEGABYTE),
    ("kind", "call"),
    ("kind", ""),
    ("purpose", "golf"),
    ("objective", MEGABYTE),
    ("objective", "bell\x07"),
    ("starts_at", ""),
    ("starts_at", "soon"),
    ("starts_at", "0001-01-01T00:00"),
    ("planned_end", ""),
    ("planned_end", "2001-01-01T10:00"),
    ("planned_end", "9999-12-31T23:59"),
    ("place", "moon"),
    ("address", "a" * 201),
    ("address", BREAK),
    ("chair", "u999999"),
    ("people-0-person", "u999999"),
    ("people-0-task", "t" * 201),
    ("items-0-title", "t" * 201),
    ("items-0-minutes", "0"),
    ("items-0-minutes", "-3"),
    ("items-0-minutes", "many"),
    ("items-0-speaker", "c999999"),
]

# What is chosen, not typed: a browser has no place to show a foreign choice.
CHOSEN = {"report", "form_key"}


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def by_field(rows):
    """One test a field, with everything bad that is typed there: a page is opened once for all."""
    fields = dict.fromkeys(field for field, _value in rows)
    return [
        pytest.param(field, [value for name, value in rows if name == field], id=field)
        for field in fields
    ]


def post_bad(desk, path, form_id, filled, field, values):
    """(value, answer) for each: the same page, posted with one bad field."""
    page = fields_of(desk.get(path), form_id) | filled
    for value in values:
        data = page | {field: value}
        sent = {name: text for name, text in data.items() if text is not None}
        yield value, desk.post(path, sent)


def assert_refused(page, field, value):
    """422, a message, and the typed words still on the page."""
    text = page.content.decode()
    assert page.status_code == 422
    assert "field-error" in text or "data-errors" in text
    is_typed = isinstance(value, str) and field not in CHOSEN
    if is_typed and "\r" not in value and "\x07" not in value:
        assert html.escape(value) in text
    assert SCRIPT not in text


@pytest.mark.parametrize(("field", "values"), by_field(CALL))
def test_log_a_call(desk, account, field, values):
    filled = {"title": SCRIPT, "points-0-text": "Kept words", "no_action": ["on"], "do": "issue"}
    for value, page in post_bad(desk, "/meetings/calls/new/", "report", filled, field, values):
        assert_refused(page, field, value)
        assert field == "points-0-text" or "Kept words" in page.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("field", "values"), by_field(DRAFT))
def test_write_a_report(desk, account, ae, now, field, values):
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    path = f"/meetings/reports/{draft.pk}/edit/"
    filled = {"points-1-text": f"Kept {SCRIPT}", "do": "issue"}
    for value, page in post_bad(desk, path, "report", filled, field, values):
        assert_refused(page, field, value)
        assert "Kept &lt;script&gt;" in page.content.decode()
    assert [point.text for point in draft.points.all()] == ["Poster A is taken."]


@pytest.mark.parametrize(("field", "values"), by_field(PLAN))
def test_plan_a_meeting(desk, account, field, values):
    filled = {"title": SCRIPT, "items-0-title": "Mix", "people-0-task": "leads"}
    for value, page in post_bad(desk, "/meetings/new/", None, filled, field, values):
        assert_refused(page, field, value)
    assert not Meeting.objects.exists()


@pytest.fixture
def begun(account, ae, now):
    start, end = now - timedelta(hours=2), now - timedelta(hours=1)
    times = [f"{timezone.localtime(one):%Y-%m-%d %H:%M}" for one in (start, end)]
    return make.invited(
        account[0], ae, account[1], *times, now - timedelta(days=2), items=[ItemData("Mix", 20)]
    )


BAD_TIMES = ["", "later", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", TOMORROW]
BAD_REASONS = ["", " ", "short", "aaaaaaaaaaaaaaaa", "bell\x07 and more words", MEGABYTE]
AHEAD = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}"


def test_hold(desk, begun):
    values = [*BAD_TIMES, "2020-01-01T10:00"]
    for value, page in post_bad(desk, f"/meetings/{begun.pk}/hold/", "end", {}, "ended_at", values):
        assert_refused(page, "ended_at", value)
    assert Meeting.objects.get().state == "planned"


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", "won"), ("outcome", ""), ("conclusion", MEGABYTE), ("conclusion", "bell\x07")],
)
def test_outcomes_of_items(desk, begun, field, value):
    item = begun.items.get()
    send(desk, f"/meetings/{begun.pk}/hold/", "end")
    page = send(desk, f"/meetings/{begun.pk}/outcomes/", **{f"item-{item.pk}-{field}": value})
    assert_refused(page, field, value)
    item.refresh_from_db()
    assert (item.outcome, item.conclusion) == ("open", "")


def test_attendance_of_strangers(desk, begun):
    page = send(desk, f"/meetings/{begun.pk}/hold/", "end", present=["999999"])
    assert_refused(page, "present", ["999999"])


def test_reasons_of_meetings(desk, begun):
    path = f"/meetings/{begun.pk}/not-held/"
    for value, page in post_bad(desk, path, None, {}, "reason", BAD_REASONS):
        assert_refused(page, "reason", value)
    assert Meeting.objects.get().state == "planned"


@pytest.mark.parametrize("field", ["starts_at", "planned_end"])
def test_move(desk, account, ae, now, field):
    day = now + timedelta(days=1)
    times = [f"{timezone.localtime(one):%Y-%m-%d %H:%M}" for one in (day, day + timedelta(hours=1))]
    meeting = make.invited(account[0], ae, account[1], *times)
    filled = {"reason": "The client asked for it."}
    path, values = f"/meetings/{meeting.pk}/move/", [*BAD_TIMES[:-1], "2020-01-01T10:00"]
    for value, page in post_bad(desk, path, None, filled, field, values):
        assert_refused(page, field, value)
        assert "The client asked for it." in page.content.decode()
    assert Meeting.objects.get().starts_at == day


def test_reasons_of_reports(desk, account, ae, now):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    path = f"/meetings/reports/{report.pk}/revise/"
    for value, page in post_bad(desk, path, None, {}, "reason", BAD_REASONS):
        assert_refused(page, "reason", value)
    assert ContactReport.objects.count() == 1


def test_reasons_for_being_late(desk, account, ae, now):
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=now - timedelta(hours=30), at=now)
    path = f"/meetings/reports/{draft.pk}/issue/"
    for value, page in post_bad(desk, path, None, {}, "late_reason", BAD_REASONS):
        assert_refused(page, "late_reason", value)
    assert ContactReport.objects.get().state == "draft"


@pytest.fixture
def action(account, ae, now):
    client, contact = account
    rows = [ActionData("Theirs", contact=contact, due_on=timezone.localdate() + timedelta(3))]
    data = make.typed(contact, actions=rows)
    make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now, data=data)
    return ActionPoint.objects.get()


@pytest.mark.parametrize(
    ("verb", "field", "values"),
    [
        ("move", "due_on", ["", "soon", "0001-01-01", "2020-01-01", "2100-01-01", "2026-02-30"]),
        ("move", "reason", ["", "bell\x07 rings", MEGABYTE]),
        ("cancel", "reason", BAD_REASONS),
        ("cancel", "agreed_with", ["", "n" * 121, BREAK]),
        ("progress", "text", ["", " ", "bell\x07", MEGABYTE]),
        ("done", "text", ["bell\x07", MEGABYTE]),
        ("done", "row_version", ["abc", ""]),
    ],
)
def test_actions(desk, action, verb, field, values):
    ahead = f"{timezone.localdate() + timedelta(9):%Y-%m-%d}"
    filled = {"due_on": ahead, "agreed_with": "何嘉宁", "reason": "It is not needed now."}
    path = f"/meetings/actions/{action.pk}/{verb}/"
    for value, page in post_bad(desk, path, None, filled, field, values):
        assert_refused(page, field, value)
    action.refresh_from_db()
    assert (action.state, action.moved) == ("open", 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact", ""),
        ("contact", "c999999"),
        ("contact", "u1"),
        ("answer", ""),
        ("answer", "signed"),
        ("about", "99"),
        ("reason", ""),
        ("reason", "no"),
        ("reason", "bell\x07 in words"),
        ("reason", MEGABYTE),
        ("row_version", "x"),
    ],
)
def test_a_return_on_paper(desk, account, ae, now, tmp_path, field, value):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(make.PDF)
    filled = {"contact": f"c{contact.pk}", "answer": "objected", "reason": "Not what we said."}
    with scan.open("rb") as proof:
        path = f"/meetings/reports/{report.pk}/return/"
        page = send(desk, path, proof=proof, **{**filled, field: value})
    assert_refused(page, field, value)
    report.refresh_from_db()
    assert report.state == "issued"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.pdf", b""),
        ("scan.exe", b"MZ" + b"\0" * 600),
        ("scan.pdf", b"<html><script>alert(1)</script></html>"),
        ("scan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ],
)
def test_a_scan_that_is_none_fails_at_its_field_or_is_harmless(
    desk, account, ae, now, tmp_path, name, content
):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    scan = tmp_path / name
    scan.write_bytes(content)
    with scan.open("rb") as proof:
        path = f"/meetings/reports/{report.pk}/return/"
        page = send(desk, path, proof=proof, contact=f"c{contact.pk}", answer="accepted")
    assert page.status_code in (302, 422)


def test_contacts_and_people_of_other_clients_are_foreign_ids(desk, account, ae, now):
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    stranger = make_contact(make_client("ZZ"), "陌生人")
    other = make_user(role="ae")
    path = f"/meetings/reports/{draft.pk}/edit/"
    for field, key in [
        ("returner", f"c{stranger.pk}"),
        ("recipients", [f"c{stranger.pk}"]),
        ("readers", [f"u{other.pk}"]),
        ("actions-0-owner", f"c{stranger.pk}"),
    ]:
        page = send(desk, path, "report", **{field: key, "do": "save"})
        assert page.status_code == 422, field


@pytest.mark.parametrize("name", ["points-TOTAL_FORMS", "actions-TOTAL_FORMS"])
@pytest.mark.parametrize("value", ["", "abc", "-1", "99999999"])
def test_a_broken_count_of_rows_fails_nothing(desk, account, ae, now, name, value):
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    page = send(desk, f"/meetings/reports/{draft.pk}/edit/", "report", **{name: value})
    assert page.status_code == 422
    assert draft.points.count() == 1
