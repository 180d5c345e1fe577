"""Pages of the weekly status report, as the AE, the AM and others use them (R28-R32)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import StatusLine, StatusReport
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.meetings.pages import fields_of, send, text_of
from tests.meetings.status_rows import THURSDAY, add_empty, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R31")]
report, team = from_kept("report", "team")
WHY = "The client is at the fair until Thursday"


class Team:
    def __init__(self):
        self.ae, self.am, self.ad = (make_user(role, role) for role in ("ae", "am", "ad"))


def make_kept():
    """This week's draft with two lines of the AE's, one of them as last week."""
    team = Team()
    client = make_client("LM", team=[team.ae, team.am, team.ad])
    make_contact(client, "何嘉宁", gets_status=True)
    last = add_line(make_status(client, "issued", team.ae, team.am), "Poster")
    now = timezone.now()
    week = timezone.localdate(now) - timezone.timedelta(days=timezone.localdate(now).weekday())
    report = make_status(client, week=week, due_at=now + timezone.timedelta(days=2))
    poster = add_line(report, "Poster", former=last, source_key="job:1", similarity="1.000")
    poster.touched_at = now - timezone.timedelta(days=3)
    poster.save()
    add_line(report, "Film", "media", source_key="free:1", next_user=team.ae, current="")
    add_empty(report, "research", "finance")
    return {"report": report, "team": team}


def page(report, name, **query):
    address = reverse(f"meetings:status_{name}", args=[report.pk])
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


def line(report, title):
    return report.lines.get(title=title)


@pytest.fixture
def ae(client, team):
    client.force_login(team.ae)
    return client


@pytest.fixture
def am(client, team):
    client.force_login(team.am)
    return client


def submitted(report, by):
    StatusReport.objects.filter(pk=report.pk).update(
        state="submitted", author=by, submitted_at=THURSDAY
    )
    report.refresh_from_db()
    return report


# --- reading ------------------------------------------------------------------------------------


def test_the_report_shows_its_lines_marks_steps_and_what_is_missing(ae, report):
    words = text_of(ae.get(report.get_absolute_url()))
    for wanted in ("Poster: second draft is out", "as last week (100%)", "Signature of the AE",
                   "Nothing was asked of us", "things before it can be signed"):  # fmt: skip
        assert wanted in words


def test_the_list_says_state_and_whether_in_time(ae, report):
    words = text_of(ae.get(reverse("meetings:status_list")))
    assert "LM/WS/2026/001" in words
    assert "In time" in words
    late = reverse("meetings:status_list") + "?punctual=no"
    assert "No weekly status reports" not in words
    assert "LM/WS/2026/001" not in text_of(ae.get(late))


def test_both_faces_can_be_seen_as_pages(ae, report, settings):
    settings.FAULT = ""
    for face, mark in (("client", "as the client gets it"), ("internal", "internal face")):
        assert mark in ae.get(page(report, "preview", face=face)).content.decode()


# --- writing ------------------------------------------------------------------------------------


def test_last_weeks_words_stand_beside_the_line_and_no_button_copies_them(ae, report):
    answer = ae.get(page(report, "update")).content.decode()
    assert "Last week" in answer
    assert "copy" not in answer.lower()


def test_only_the_line_that_was_typed_is_saved(ae, report):
    film = line(report, "Film")
    key = f"line__{film.pk}__current"
    assert send(ae, page(report, "update"), **{key: "The cut is ready"}).status_code == 302
    assert line(report, "Film").current == "The cut is ready"
    assert line(report, "Poster").row_version == 0


def test_who_and_when_of_a_line_are_kept(ae, report, team):
    poster = line(report, "Poster")
    typed = {f"line__{poster.pk}__next_by": f"u{team.ae.pk}",
             f"line__{poster.pk}__next_on": "2026-12-09"}  # fmt: skip
    send(ae, page(report, "update"), **typed)
    assert (line(report, "Poster").next_user, f"{line(report, 'Poster').next_on}") == (
        team.ae, "2026-12-09"
    )  # fmt: skip


def test_a_line_changed_meanwhile_shows_both_words(ae, report):
    address, film = page(report, "update"), line(report, "Film")
    data = fields_of(ae.get(address), "report") | {f"line-{film.pk}-current": "Mine"}
    StatusLine.objects.filter(pk=film.pk).update(current="Theirs", row_version=5)
    answer = ae.post(address, data)
    assert answer.status_code == 409
    assert "Theirs" in (words := answer.content.decode())
    assert "Mine" in words
    assert send_again(ae, answer, address) == 302
    assert line(report, "Film").current == "Mine"


def send_again(browser, answer, address):
    return browser.post(address, fields_of(answer, "report")).status_code


def test_what_was_left_alone_is_no_conflict(ae, report):
    address, film = page(report, "update"), line(report, "Film")
    data = fields_of(ae.get(address), "report") | {f"line-{film.pk}-current": "Mine"}
    StatusLine.objects.filter(title="Poster").update(current="Theirs", row_version=5)
    assert ae.post(address, data).status_code == 302
    assert line(report, "Poster").current == "Theirs"


def test_a_bad_date_is_said_at_its_line_and_the_rest_is_saved(ae, report):
    film, poster = line(report, "Film"), line(report, "Poster")
    typed = {f"line__{film.pk}__next_on": "2026-02-31", f"line__{film.pk}__current": "My words",
             f"line__{poster.pk}__current": "Third draft is at the printer"}  # fmt: skip
    answer = send(ae, page(report, "update"), **typed)
    assert answer.status_code == 422
    assert "My words" in answer.content.decode()
    assert line(report, "Poster").current == "Third draft is at the printer"


@pytest.mark.rule("R32")
def test_nothing_changed_is_said_with_its_reason(ae, report, team):
    poster = line(report, "Poster")
    send(ae, page(report, "update"), **{f"line__{poster.pk}__reason": WHY})
    assert (line(report, "Poster").unchanged_reason, line(report, "Poster").confirmed_by) == (
        WHY, team.ae
    )  # fmt: skip


def test_the_summary_is_kept_and_a_double_change_is_shown(ae, report):
    address = page(report, "update")
    assert send(ae, address, summary="A quiet week").status_code == 302
    data = fields_of(ae.get(address), "report") | {"summary": "A week of proofs"}
    StatusReport.objects.filter(pk=report.pk).update(summary="A loud week")
    answer = ae.post(address, data)
    assert answer.status_code == 409
    assert "A loud week" in answer.content.decode()


def test_a_line_of_its_own_is_added_and_taken_out(ae, report):
    address = page(report, "line_create", section="media")
    send(ae, address, title="Fair stand", current="Asked", next_step="Offer", section="media")
    added = line(report, "Fair stand")
    assert added.section == "media"
    send(ae, reverse("meetings:status_line_remove", args=[added.pk]))
    assert not report.lines.filter(title="Fair stand").exists()


def test_what_is_still_open_goes_out_with_a_reason_only(ae, report):
    address = reverse("meetings:status_line_remove", args=[line(report, "Poster").pk])
    assert send(ae, address).status_code == 422
    assert send(ae, address, reason=WHY).status_code == 302
    report.refresh_from_db()
    assert report.removed[0]["reason"] == WHY


@pytest.mark.rule("R28")
def test_an_empty_section_says_why(ae, report):
    address = reverse("meetings:status_empty", args=[report.pk, "research"])
    assert send(ae, address, reason="No study was ordered").status_code == 302
    assert report.lines.get(section="research").current == "No study was ordered"


# --- each day -----------------------------------------------------------------------------------


def test_the_day_goes_from_line_to_line(ae, report):
    address = page(report, "day")
    first = ae.get(address)
    assert "0 of 2 lines up to date today" in text_of(first)
    poster, film = line(report, "Poster"), line(report, "Film")
    answer = send(ae, address, do="save", **{f"line__{poster.pk}__current": "Third draft is out"})
    assert answer.url.endswith(f"?line={film.pk}")
    assert "1 of 2 lines up to date today" in text_of(ae.get(answer.url))


def test_the_same_words_again_are_not_fresh(ae, report):
    answer = send(ae, page(report, "day"), do="save")
    assert answer.url.endswith(f"?line={line(report, 'Poster').pk}")
    assert "needs a reason" in text_of(ae.get(answer.url))


def test_unchanged_wants_a_reason_and_then_is_fresh(ae, report):
    address, poster = page(report, "day"), line(report, "Poster")
    refused = send(ae, address, do="unchanged")
    assert refused.status_code == 422
    assert "Say why nothing changed" in text_of(refused)
    answer = send(ae, address, do="unchanged", **{f"line__{poster.pk}__reason": WHY})
    assert answer.url.endswith(f"?line={line(report, 'Film').pk}")


# --- two signatures -----------------------------------------------------------------------------


@pytest.mark.rule("R29")
def test_the_am_corrects_and_the_ae_reads_old_and_new(am, report, team):
    submitted(report, team.ae)
    film = line(report, "Film")
    send(am, page(report, "update"), **{f"line__{film.pk}__current": "The cut is with the client"})
    report.refresh_from_db()
    assert report.state == "submitted"
    am.force_login(team.ae)
    words = text_of(am.get(report.get_absolute_url()))
    assert "The cut is with the client" in words[words.index("Corrections before") :]


@pytest.mark.rule("R29")
def test_the_am_corrects_the_summary_and_it_is_still_the_aes(am, report, team):
    submitted(report, team.ae)
    address = page(report, "update")
    assert send(am, address, summary="Two proofs are with you").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.author) == ("submitted", team.ae)
    words = text_of(am.get(report.get_absolute_url()))
    assert "Two proofs are with you" in words[words.index("Corrections before") :]
    data = fields_of(am.get(address), "report") | {"summary": "Three proofs"}
    StatusReport.objects.filter(pk=report.pk).update(summary="One proof")
    assert am.post(address, data).status_code == 409


@pytest.mark.rule("R32")
def test_the_am_ticks_what_is_unchanged_twice_and_says_why_so_much_is(am, report, team):
    submitted(report, team.ae)
    report.lines.filter(is_empty_section=False).update(
        unchanged_reason=WHY, unchanged_run=2, similarity="1.000", confirmed_by=team.ae
    )
    address = page(report, "sign")
    assert send(am, address).status_code == 422
    ticks = {f"seen_{row.pk}": "on" for row in report.lines.filter(unchanged_run=2)}
    assert send(am, address, copy_note="All wait for the fair", **ticks).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.signed_by) == ("signed", team.am)


def test_the_am_returns_with_a_reason_which_the_ae_sees(am, report, team):
    submitted(report, team.ae)
    send(am, page(report, "return"), reason="The film is missing its date")
    am.force_login(team.ae)
    assert "The film is missing its date" in text_of(am.get(report.get_absolute_url()))


@pytest.mark.rule("R29")
def test_who_submitted_it_gets_no_button_to_sign(am, report, team):
    submitted(report, team.am)
    assert page(report, "sign") not in am.get(report.get_absolute_url()).content.decode()


def test_an_issued_report_is_read_not_written(ae, report):
    issued = StatusReport.objects.get(state="issued")
    answer = ae.get(page(issued, "update"))
    assert answer.url == issued.get_absolute_url()
