"""The two signatures of a weekly report (R29, R30, R32, 3.4, 4.3)."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from meetings.models import StatusReport
from meetings.services import status, status_lines, status_sign
from tests.builders import from_kept, make_stand_in, make_user, when
from tests.meetings import weeks
from tests.meetings.weeks import DUE, FRIDAY, WHY, refusal, told

pytestmark = pytest.mark.django_db
make_kept = weeks.make_world
client, contact, ae, am, ad, job = from_kept("client", "contact", "ae", "am", "ad", "job")
INSTANT = timedelta(microseconds=1)
NAME = "LM 2026-W48"
OTHER = {"current": "Client has returned it and wants another face"}


def submit(report, by, at=FRIDAY, **given):
    return status_sign.submit_status(report=report, by=by, at=at, **given)


def sign(report, by, at=FRIDAY, **given):
    return status_sign.sign_status(report=report, by=by, at=at, **given)


def confirmed(report, **fields):
    """The report's line as it would be, confirmed as unchanged."""
    fields = {"similarity": D("1.000"), "unchanged_reason": WHY, "unchanged_run": 1, **fields}
    report.lines.filter(is_empty_section=False).update(**fields)


# --- the AE's -----------------------------------------------------------------------------------


@pytest.mark.rule("R29")
def test_submitting_names_the_author_and_tells_the_manager(client, ae, am, ad):
    report = weeks.submitted(client, ae)
    assert (report.state, report.author, report.submitted_at) == ("submitted", ae, FRIDAY)
    assert told("step_waiting", am) == [f"Please read and sign: {NAME}"]
    assert told("step_waiting", ad) == []


@pytest.mark.rule("R29")
def test_submitted_by_the_manager_it_goes_to_the_director(client, am, ad):
    weeks.submitted(client, am)
    assert told("step_waiting", ad) == [f"Please read and sign: {NAME}"]
    assert told("step_waiting", am) == []


@pytest.mark.rule("R28")
def test_a_silent_section_is_not_signed(client, ae):
    report = weeks.draft(client)
    weeks.write(weeks.line_of(report), ae)
    weeks.empty(report, ae, "research", "media")
    words = refusal(status_sign.submit_status, report=report, by=ae)
    assert words == ["Finance says nothing: add work, or say why there is none."]


@pytest.mark.rule("R32")
def test_a_copied_line_is_refused_until_reworded(client, ae):
    report = weeks.written(client, ae)
    confirmed(report, unchanged_reason="", unchanged_run=0)
    words = refusal(status_sign.submit_status, report=report, by=ae)
    assert words == ["Poster: As last week: reword it, or say why nothing changed."]
    weeks.write(weeks.line_of(report), ae, **OTHER)
    assert submit(report, ae).state == "submitted"


@pytest.mark.rule("R31")
def test_an_untouched_line_is_refused(client, ae):
    report = weeks.written(client, ae, at=when("2026-11-26 17:59:59"))
    words = refusal(status_sign.submit_status, report=report, by=ae)
    assert words == ["Poster: Not touched since the last working day: bring up to date."]


def test_all_that_lacks_is_said_at_once(client, ae):
    words = refusal(status_sign.submit_status, report=weeks.draft(client), by=ae)
    assert len(words) == 5


@pytest.mark.rule("R32")
def test_unchanged_three_times_the_director_is_told(client, ae, ad):
    report = weeks.written(client, ae)
    confirmed(report, unchanged_run=3)
    submit(report, ae)
    assert told("status_unchanged", ad) == [f"Unchanged for the third time: Poster ({NAME})"]


def test_only_a_draft_is_submitted_and_not_when_stale(client, ae):
    report = weeks.written(client, ae)
    with pytest.raises(Stale):
        submit(report, ae, row_version=report.row_version - 1)
    submit(report, ae, row_version=report.row_version)
    assert refusal(status_sign.submit_status, report=report, by=ae)[0].startswith("Not possible")


@pytest.mark.parametrize("role", ["finance", "management", "department", "ae", "admin"])
def test_others_neither_submit_nor_sign(client, ae, role):
    report, other = weeks.submitted(client, ae), make_user(role=role)
    for action, more in (
        (status_sign.submit_status, {}),
        (status_sign.sign_status, {}),
        (status_sign.return_status, {"reason": WHY}),
        (status_sign.send_now, {}),
        (status.edit_summary, {"summary": "x"}),
        (status.refresh_status, {}),
    ):
        with pytest.raises(PermissionDenied):
            action(report=report, by=other, at=FRIDAY, **more)


# --- what drops it ------------------------------------------------------------------------------


@pytest.mark.rule("R29")
@pytest.mark.parametrize("state", ["submitted", "signed"])
@pytest.mark.parametrize(
    "act",
    [
        lambda line, by: weeks.write(line, by, **OTHER),
        lambda line, by: status_lines.remove_line(line=line, reason=WHY, by=by, at=FRIDAY),
        lambda line, by: status_lines.confirm_line(line=line, reason=WHY, by=by, at=FRIDAY),
        lambda line, by: status.edit_summary(report=line.report, summary="New", by=by, at=FRIDAY),
        lambda line, by: status_lines.set_empty(
            report=line.report, section="media", reason=f"{WHY}!", by=by, at=FRIDAY
        ),
    ],
)
def test_any_edit_drops_the_signatures(client, ae, am, ad, state, act):
    report = getattr(weeks, state)(client, *((ae,) if state == "submitted" else (ae, am)))
    act(weeks.line_of(report), ad)
    found = weeks.again(report)
    assert (found.state, found.submitted_at, found.signed_by) == ("draft", None, None)
    assert told("refused", ae) == [f"ad has changed {NAME}: it is a draft again."]


@pytest.mark.rule("R29")
def test_an_edit_that_changes_nothing_leaves_them(client, ae, am):
    report = weeks.signed(client, ae, am)
    weeks.write(weeks.line_of(report), ae)
    assert weeks.again(report).state == "signed"


def test_returned_it_is_a_draft_with_its_reason(client, ae, am):
    report = weeks.submitted(client, ae)
    report = status_sign.return_status(report=report, reason=WHY, by=am, at=FRIDAY)
    assert (report.state, report.return_reason, report.submitted_at) == ("draft", WHY, None)
    assert told("refused", ae) == [f"Returned by am: {NAME}. {WHY}"]
    assert submit(report, ae).return_reason == ""


def test_a_signed_one_may_be_returned_until_it_is_sent(client, ae, am, ad):
    report = weeks.signed(client, ae, am)
    report = status_sign.return_status(report=report, reason=WHY, by=ad, at=FRIDAY)
    assert (report.state, report.signed_at) == ("draft", None)


def test_a_return_wants_a_reason(client, ae, am):
    report = weeks.submitted(client, ae)
    assert refusal(status_sign.return_status, report=report, reason="no", by=am) == [
        "Please give a reason of at least 10 characters."
    ]


# --- the AM's corrections -----------------------------------------------------------------------


@pytest.mark.rule("R29")
def test_the_manager_corrects_and_the_author_reads_old_and_new(client, ae, am):
    report = weeks.submitted(client, ae)
    line = weeks.line_of(report)
    typed = {**OTHER, "next_on": date(2026, 12, 3)}
    status_lines.correct_line(line=line, typed=typed, by=am, at=FRIDAY)
    found = weeks.again(report)
    assert (found.state, found.author) == ("submitted", ae)
    first, second = found.corrections
    assert (first["line"], first["old"], first["new"]) == ("Poster", line.current, OTHER["current"])
    assert (second["field"], second["old"], second["new"]) == (
        "next_on",
        "2026-12-01",
        "2026-12-03",
    )
    assert told("refused", ae) == [f"am has corrected {NAME} before signing it."]


@pytest.mark.rule("R29")
def test_the_manager_corrects_the_summary_and_it_is_sent_in_time(client, ae, am):
    report = weeks.submitted(client, ae)
    report = status.correct_summary(report=report, summary=" Two proofs are out ", by=am, at=FRIDAY)
    (row,) = report.corrections
    assert (row["field"], row["old"], row["new"]) == ("summary", "", "Two proofs are out")
    assert told("refused", ae) == [f"am has corrected {NAME} before signing it."]
    assert sign(report, am).state == "signed"
    weeks.clock(DUE)
    found = weeks.again(report)
    assert (found.state, found.author, found.summary) == ("issued", ae, "Two proofs are out")


@pytest.mark.rule("R29")
def test_a_summary_as_it_was_is_no_correction(client, ae, am):
    report = weeks.submitted(client, ae)
    found = status.correct_summary(report=report, summary="", by=am, at=FRIDAY)
    assert (found.corrections, told("refused", ae)) == ([], [])


@pytest.mark.rule("R29")
def test_only_another_corrects_the_summary_and_only_while_signing(client, ae, am, ad):
    typed = {"summary": "Two proofs"}
    own = weeks.submitted(client, am)
    words = refusal(status.correct_summary, report=own, by=am, **typed)
    assert words == ["Whoever submitted the report does not sign it."]
    with pytest.raises(PermissionDenied):
        status.correct_summary(report=own, by=ae, at=FRIDAY, **typed)
    signed = sign(own, ad)
    (words,) = refusal(status.correct_summary, report=signed, by=am, **typed)
    assert words.startswith("Not possible")


def test_a_correction_leaves_words(client, ae, am):
    line = weeks.line_of(weeks.submitted(client, ae))
    words = refusal(status_lines.correct_line, line=line, typed={"next_step": " "}, by=am)
    assert words == ["Write where it stands and what comes next."]


@pytest.mark.rule("R32")
def test_a_correction_is_guarded_like_an_edit(client, ae, am):
    report = weeks.submitted(client, ae)
    last = StatusReport.objects.create(client=client, week=date(2026, 11, 16), due_at=DUE)
    line = weeks.line_of(report)
    said = {"current": OTHER["current"], "next_step": line.next_step}
    old = last.lines.create(section="creative", position=1, title="Poster", **said)
    report.lines.filter(pk=line.pk).update(former=old)
    words = refusal(status_lines.correct_line, line=line, typed=OTHER, by=am)
    assert words == ["As last week: reword it, or say why nothing changed."]


@pytest.mark.rule("R29")
def test_the_author_neither_corrects_nor_ticks_himself(client, am):
    line = weeks.line_of(weeks.submitted(client, am))
    for action, more in (
        (status_lines.correct_line, {"typed": OTHER}),
        (status_lines.tick_seen, {}),
    ):
        words = refusal(action, line=line, by=am, **more)
        assert words == ["Whoever submitted the report does not sign it."]


def test_a_signed_one_is_corrected_no_more(client, ae, am):
    line = weeks.line_of(weeks.signed(client, ae, am))
    (words,) = refusal(status_lines.correct_line, line=line, typed=OTHER, by=am)
    assert words.startswith("Not possible")


# --- the AM's signature -------------------------------------------------------------------------


@pytest.mark.rule("R29")
def test_signed_in_time_it_waits(client, ae, am):
    report = weeks.signed(client, ae, am)
    assert (report.state, report.signed_by, report.signed_at) == ("signed", am, FRIDAY)
    assert (report.issued_at, len(report.signed_digest)) == (None, 64)


@pytest.mark.rule("R29")
def test_the_author_does_not_sign_nor_does_his_stand_in(client, ae, am, ad):
    report = weeks.submitted(client, am)
    words = ["Whoever submitted the report does not sign it."]
    assert refusal(status_sign.sign_status, report=report, by=am) == words
    deputy = make_user(role="am")
    make_stand_in(am, deputy, date(2026, 11, 1), date(2026, 12, 31), client=client)
    assert refusal(status_sign.sign_status, report=report, by=deputy) == words
    assert sign(report, ad).state == "signed"


@pytest.mark.rule("R32")
def test_unchanged_twice_the_manager_ticks_each(client, ae, am):
    report = weeks.written(client, ae)
    weeks.write(weeks.line_of(report), ae, **OTHER)
    confirmed(report, unchanged_run=2)
    submit(report, ae)
    words = refusal(status_sign.sign_status, report=report, by=am, copy_note=WHY)
    assert words == ["Poster: Unchanged twice running: tick that you have seen it."]
    status_lines.tick_seen(line=weeks.line_of(report), by=am, at=FRIDAY)
    assert sign(report, am, copy_note=WHY).copy_note == WHY


@pytest.mark.rule("R32")
def test_over_half_unchanged_wants_a_sentence(client, ae, am):
    report = weeks.written(client, ae)
    confirmed(report)
    submit(report, ae)
    words = "More than half of the lines are unchanged: say why in a sentence."
    assert refusal(status_sign.sign_status, report=report, by=am) == [words]
    assert sign(report, am, copy_note=WHY).copy_note == WHY


def test_what_is_not_to_be_ticked_is_not(client, ae, am):
    line = weeks.line_of(weeks.submitted(client, ae))
    assert status_lines.tick_seen(line=line, by=am, at=FRIDAY).seen_by is None


@pytest.mark.rule("R30")
def test_at_the_due_time_itself_it_is_in_time_and_goes(client, ae, am):
    report = sign(weeks.submitted(client, ae), am, DUE)
    assert (report.state, report.issued_at, report.is_late(DUE)) == ("issued", DUE, False)


@pytest.mark.rule("R30")
def test_an_instant_later_it_wants_a_reason_and_goes_at_once(client, ae, am):
    report, late = weeks.submitted(client, ae), DUE + INSTANT
    assert refusal(status_sign.sign_status, report=report, by=am, at=late) == [
        "Please give a reason of at least 10 characters."
    ]
    report = sign(report, am, late, late_reason=WHY)
    assert (report.state, report.issued_by, report.late_reason) == ("issued", am, WHY)
    assert report.is_late(late)


@pytest.mark.rule("R29")
def test_what_is_signed_is_what_was_shown(client, ae, am):
    report = weeks.submitted(client, ae)
    line = weeks.line_of(report)
    status_lines.correct_line(line=line, typed=OTHER, by=am, at=FRIDAY)
    with pytest.raises(Stale):
        sign(report, am, row_version=report.row_version)
