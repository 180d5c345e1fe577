"""Lines of the weekly report: typed, fresh or not, confirmed, taken out (R31, R32, 8.4-8.7)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from meetings.services import handover, status_lines
from tests.builders import from_kept, make_client, make_contact, make_user, when
from tests.jobs.make import make_job
from tests.meetings import weeks
from tests.meetings.weeks import EMPTY, FRIDAY, SAID, WHY, refusal

pytestmark = pytest.mark.django_db
make_kept = weeks.make_world
client, contact, ae, am, job = from_kept("client", "contact", "ae", "am", "job")
TUESDAY, WEDNESDAY = when("2026-11-24 10:00"), when("2026-11-25 10:00")
OTHER = {"current": "Client has returned it and wants another face", "next_step": "Cast models"}
LAST_WEEK = date(2026, 11, 16)


@pytest.fixture
def report(client):
    return weeks.draft(client)


@pytest.fixture
def line(report):
    return weeks.line_of(report)


def days(line):
    return list(line.days.values_list("day", "kind", "current"))


def confirm(line, by, reason=WHY, at=TUESDAY):
    return status_lines.confirm_line(line=line, reason=reason, by=by, at=at)


def follows(line, report, **said):
    """The line as if last week had said this of it."""
    last = type(report)(client=report.client, week=LAST_WEEK, due_at=TUESDAY)
    last.save()
    old = line.__class__.objects.create(
        report=last, section="creative", position=1, title="Poster", **{**SAID, **said}
    )
    line.former = old
    line.save()
    return old


# --- typing -------------------------------------------------------------------------------------


def test_a_line_is_written(line, ae):
    found = weeks.again(weeks.write(line, ae, TUESDAY, **SAID, next_user=ae))
    assert (found.current, found.next_step) == (SAID["current"], SAID["next_step"])
    assert (found.next_by, found.next_on, found.touched_at) == (ae, SAID["next_on"], TUESDAY)


def test_white_space_is_no_change(line, ae):
    weeks.write(line, ae, TUESDAY)
    found = weeks.write(line, ae, WEDNESDAY, current=f"  {SAID['current']} \n")
    assert (found.touched_at, found.row_version) == (TUESDAY, 1)


def test_the_title_of_what_lives_stays(line, ae):
    found = weeks.write(line, ae, TUESDAY, title="Something else", **SAID)
    assert weeks.again(found).title == "Poster"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"section": "strategy"}, "There is no such section."),
        ({"section": ""}, "There is no such section."),
    ],
)
def test_the_four_sections_are_all(line, ae, typed, words):
    assert refusal(status_lines.edit_line, line=line, typed=typed, by=ae) == [words]


def test_one_person_does_what_comes_next(line, ae, contact):
    typed = {"next_user": ae, "next_contact": contact}
    words = refusal(status_lines.edit_line, line=line, typed=typed, by=ae)
    assert words == ["One person does what comes next."]


def test_another_clients_contact_does_nothing_here(line, ae):
    stranger = make_contact(make_client(), name="Kim")
    words = refusal(status_lines.edit_line, line=line, typed={"next_contact": stranger}, by=ae)
    assert words == ["Kim is not a contact of this client."]


def test_shown_before_a_change_it_is_stale(line, ae):
    weeks.write(line, ae, TUESDAY)
    with pytest.raises(Stale):
        status_lines.edit_line(line=line, typed=OTHER, by=ae, at=TUESDAY, row_version=0)


def test_each_edit_raises_the_reports_version(report, line, ae):
    weeks.write(line, ae, TUESDAY)
    assert weeks.again(report).row_version == report.row_version + 1


def test_moved_to_an_empty_section_it_speaks_for_it(report, line, ae):
    weeks.empty(report, ae, "research")
    weeks.write(line, ae, TUESDAY, section="research")
    assert [row.section for row in report.lines.all()] == ["research"]


@pytest.mark.parametrize("role", ["ae", "finance", "management", "department", "admin"])
def test_others_write_nothing(report, line, role):
    other = make_user(role=role)
    for action, more in (
        (status_lines.edit_line, {"line": line, "typed": SAID}),
        (status_lines.confirm_line, {"line": line, "reason": WHY}),
        (status_lines.remove_line, {"line": line, "reason": WHY}),
        (status_lines.add_line, {"report": report, "typed": SAID}),
        (status_lines.set_empty, {"report": report, "section": "media", "reason": WHY}),
        (status_lines.correct_line, {"line": line, "typed": SAID}),
        (status_lines.tick_seen, {"line": line}),
    ):
        with pytest.raises(PermissionDenied):
            action(by=other, at=TUESDAY, **more)


def test_an_ae_neither_corrects_nor_ticks(line, ae):
    for action, more in (
        (status_lines.correct_line, {"typed": SAID}),
        (status_lines.tick_seen, {}),
    ):
        with pytest.raises(PermissionDenied):
            action(line=line, by=ae, at=TUESDAY, **more)


# --- fresh for the day --------------------------------------------------------------------------


@pytest.mark.rule("R31")
def test_a_change_is_the_days(line, ae):
    weeks.write(line, ae, TUESDAY)
    assert days(line) == [(date(2026, 11, 24), "changed", SAID["current"])]


@pytest.mark.rule("R31")
def test_two_changes_a_day_are_one_row_with_the_last_words(line, ae):
    weeks.write(line, ae, TUESDAY)
    weeks.write(line, ae, when("2026-11-24 17:59"), **OTHER)
    assert days(line) == [(date(2026, 11, 24), "changed", OTHER["current"])]
    assert line.days.get().at == TUESDAY


@pytest.mark.rule("R31")
def test_typed_and_undone_is_no_change(line, ae):
    weeks.write(line, ae, TUESDAY)
    weeks.write(line, ae, WEDNESDAY, **OTHER)
    found = weeks.write(line, ae, when("2026-11-25 11:00"))
    assert (found.touched_at, len(days(line))) == (TUESDAY, 1)


@pytest.mark.rule("R31")
def test_a_new_date_alone_is_no_news(line, ae):
    weeks.write(line, ae, TUESDAY, current="Film until 11月20日, client agrees", next_step="Cut it")
    found = weeks.write(line, ae, WEDNESDAY, current="Film until 11月27日, client agrees!")
    assert (found.touched_at, len(days(line))) == (TUESDAY, 1)


@pytest.mark.rule("R31")
def test_three_of_five_becomes_four_of_five(line, ae):
    weeks.write(line, ae, TUESDAY, current="拍摄完成 3/5 场", next_step="继续拍摄")
    found = weeks.write(line, ae, WEDNESDAY, current="拍摄完成 4/5 场")
    assert (found.touched_at, len(days(line))) == (WEDNESDAY, 2)


@pytest.mark.rule("R31")
def test_after_six_the_day_stays_as_it_was(line, ae):
    weeks.write(line, ae, TUESDAY)
    weeks.write(line, ae, WEDNESDAY, **OTHER)
    weeks.write(line, ae, when("2026-11-25 18:00"))
    assert [row[0] for row in days(line)] == [date(2026, 11, 24), date(2026, 11, 25)]


@pytest.mark.rule("R31")
def test_last_weeks_words_are_no_news_on_monday(report, line, ae):
    follows(line, report)
    found = weeks.write(line, ae, TUESDAY)
    assert (found.touched_at, days(line), found.similarity) == (None, [], D("1.000"))


@pytest.mark.rule("R31")
def test_emptied_it_is_not_touched(line, ae):
    found = weeks.write(line, ae, TUESDAY, current="", next_step="")
    assert (found.touched_at, found.similarity) == (None, None)


# --- unchanged, and why -------------------------------------------------------------------------


@pytest.mark.rule("R31")
def test_confirmed_it_is_fresh(line, ae):
    weeks.write(line, ae, TUESDAY)
    found = confirm(line, ae, at=WEDNESDAY)
    assert (found.touched_at, found.unchanged_reason) == (WEDNESDAY, "")
    row = line.days.last()
    assert (row.day, row.kind, row.reason, row.by) == (date(2026, 11, 25), "confirmed", WHY, ae)


@pytest.mark.rule("R32")
def test_copied_from_last_week_it_says_so_and_why(report, line, ae):
    follows(line, report)
    weeks.write(line, ae, TUESDAY)
    found = weeks.again(confirm(line, ae))
    assert (found.is_copied, found.unchanged_reason, found.confirmed_by) == (True, WHY, ae)
    assert (found.unchanged_run, found.is_confirmed) == (1, True)


@pytest.mark.rule("R32")
def test_runs_are_counted_over_the_weeks(report, line, ae):
    old = follows(line, report, unchanged_run=2, unchanged_reason="They are at the fair")
    weeks.write(line, ae, TUESDAY)
    assert (confirm(line, ae).unchanged_run, old.unchanged_run) == (3, 2)


@pytest.mark.rule("R32")
def test_reworded_it_is_no_longer_unchanged(report, line, ae):
    follows(line, report)
    weeks.write(line, ae, TUESDAY)
    confirm(line, ae)
    found = weeks.again(weeks.write(line, ae, WEDNESDAY, **OTHER))
    assert (found.is_confirmed, found.confirmed_by, found.unchanged_run) == (False, None, 0)


@pytest.mark.rule("R32")
@pytest.mark.parametrize("reason", ["", "too short", "aaaaaaaaaaaaa", "          "])
def test_a_reason_is_a_reason(line, ae, reason):
    weeks.write(line, ae, TUESDAY)
    words = refusal(status_lines.confirm_line, line=line, reason=reason, by=ae)
    assert words == ["Please give a reason of at least 10 characters."]


@pytest.mark.rule("R32")
@pytest.mark.parametrize("reason", [WHY, f"{WHY}!", WHY.upper(), f"{WHY} 11/27"])
def test_not_for_the_reason_of_yesterday(line, ae, reason):
    weeks.write(line, ae, TUESDAY)
    confirm(line, ae)
    words = refusal(status_lines.confirm_line, line=line, reason=reason, by=ae, at=WEDNESDAY)
    assert words == ["That was the reason last time: say why it is still so."]


@pytest.mark.rule("R32")
def test_nor_for_that_of_last_week(report, line, ae):
    follows(line, report, unchanged_reason=WHY)
    weeks.write(line, ae, TUESDAY)
    words = refusal(status_lines.confirm_line, line=line, reason=WHY, by=ae, at=WEDNESDAY)
    assert words == ["That was the reason last time: say why it is still so."]
    assert confirm(line, ae, "Their director has fallen ill").is_confirmed


def test_on_the_same_day_the_reason_may_be_bettered(line, ae):
    weeks.write(line, ae, TUESDAY)
    confirm(line, ae, at=WEDNESDAY)
    confirm(line, ae, f"{WHY} again", at=when("2026-11-25 11:00"))
    assert line.days.last().reason == f"{WHY} again"


@pytest.mark.parametrize("typed", [{"current": "Sent"}, {"next_step": "Wait"}])
def test_an_unwritten_line_is_not_confirmed(line, ae, typed):
    weeks.write(line, ae, TUESDAY, **typed)
    words = refusal(status_lines.confirm_line, line=line, reason=WHY, by=ae)
    assert words == ["Write where it stands and what comes next first."]


@pytest.mark.rule("R32")
def test_without_predecessor_the_whole_section_of_last_week_is_looked_at(client, ae, am, report):
    old = follows(weeks.line_of(report), report)
    type(report).objects.filter(pk=old.report_id).update(state="draft")
    found = add(report, ae, **SAID)
    assert found.similarity == D("0.000")  # a report that was not issued is no predecessor


# --- lines of one's own -------------------------------------------------------------------------


def add(report, by, at=TUESDAY, **typed):
    typed = {"title": "Fair in Hangzhou", "section": "research", **typed}
    return status_lines.add_line(report=report, typed=typed, by=by, at=at)


def test_a_free_line_has_a_key_of_its_own(report, ae):
    found = add(report, ae, **SAID)
    assert (found.source_key, found.is_free, found.position) == (f"free:{found.pk}", True, 2)
    assert (found.touched_at, found.created_by) == (TUESDAY, ae)


def test_it_speaks_for_its_section(report, ae):
    weeks.empty(report, ae, "research")
    add(report, ae)
    assert not report.lines.filter(is_empty_section=True).exists()


def test_its_title_may_change_and_its_work_may_end(report, ae):
    line = add(report, ae, **SAID)
    found = weeks.write(line, ae, TUESDAY, title="Fair", ended_on=date(2026, 11, 24))
    assert (found.title, found.ended_on) == ("Fair", date(2026, 11, 24))


def test_it_needs_a_title(report, ae):
    words = refusal(status_lines.add_line, report=report, by=ae,
                    typed={"title": " ", "section": "media"})  # fmt: skip
    assert words == ["Give the work a title."]


def test_it_is_of_a_job_of_this_client_only(report, ae, job):
    assert add(report, ae, job=job).job == job
    other = make_job(make_client(team=[ae]), ae, "active")
    typed = {"title": "Fair", "section": "media", "job": other}
    words = refusal(status_lines.add_line, report=report, by=ae, typed=typed)
    assert words == ["This job is another client's."]


def test_it_goes_without_a_reason(report, ae):
    line = add(report, ae)
    status_lines.remove_line(line=line, by=ae, at=TUESDAY)
    assert [row.title for row in report.lines.all()] == ["Poster"]
    assert weeks.again(report).removed == []


def test_what_lives_goes_with_a_reason_only(report, line, ae):
    assert refusal(status_lines.remove_line, line=line, by=ae) == [
        "Please give a reason of at least 10 characters."
    ]
    status_lines.remove_line(line=line, reason=WHY, by=ae, at=TUESDAY)
    (row,) = weeks.again(report).removed
    assert (row["title"], row["reason"], row["source_key"]) == ("Poster", WHY, line.source_key)


# --- sections without work ----------------------------------------------------------------------


@pytest.mark.rule("R28")
def test_a_section_says_that_it_has_no_work_and_why(report, ae):
    weeks.empty(report, ae, at=TUESDAY)
    rows = report.lines.filter(is_empty_section=True)
    assert sorted(row.section for row in rows) == sorted(EMPTY)
    assert {row.current for row in rows} == {WHY}


@pytest.mark.rule("R28")
def test_said_again_it_is_the_same_line(report, ae):
    weeks.empty(report, ae, "media")
    status_lines.set_empty(report=report, section="media", reason=f"{WHY}, too", by=ae, at=FRIDAY)
    assert report.lines.get(section="media").current == f"{WHY}, too"


@pytest.mark.rule("R28")
def test_where_there_is_work_it_is_not_said(report, ae):
    words = refusal(status_lines.set_empty, report=report, section="creative", reason=WHY, by=ae)
    assert words == ["There is work in this section."]


@pytest.mark.rule("R28")
def test_its_reason_stays_a_reason(report, ae):
    weeks.empty(report, ae, "media")
    line = report.lines.get(section="media")
    assert refusal(status_lines.edit_line, line=line, typed={"current": "No"}, by=ae) == [
        "Please give a reason of at least 10 characters."
    ]
    assert weeks.write(line, ae, current=f"{WHY}, too").days.count() == 0


# --- handed over --------------------------------------------------------------------------------


@pytest.mark.rule("R92")
def test_what_comes_next_and_a_returned_draft_go_to_the_successor(client, report, line, ae):
    weeks.write(line, ae, TUESDAY, next_user=ae)
    type(report).objects.filter(pk=report.pk).update(author=ae, return_reason=WHY)
    heir = make_user("heir")
    assert handover.reassign(old=ae, new=None, client=client, by=None, at=TUESDAY) == 1
    assert handover.open_duties(ae) == {client: 1}
    assert handover.reassign(old=ae, new=heir, client=client, by=None, at=TUESDAY) == 1
    assert (weeks.again(report).author, weeks.again(line).next_user) == (heir, heir)


@pytest.mark.rule("R92")
def test_signed_words_name_whom_they_named(client, ae, am):
    report = weeks.signed(client, ae, am, next_user=ae, **SAID)
    handover.reassign(old=ae, new=make_user("heir"), client=client, by=None, at=FRIDAY)
    assert (weeks.line_of(report).next_user, weeks.again(report).author) == (ae, ae)
