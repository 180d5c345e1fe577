"""Service figures: each opens a list of exactly as many rows (domain.md 6.8)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from meetings.reports import figures
from tests.builders import assign, make_contact, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R17")]
START, END = when("2026-11-01 00:00"), when("2026-12-01 00:00")
LATER = when("2026-12-20 00:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def month(account, ae):
    """Of four reports due in November two were kept: one late, one never issued."""
    client, contact = account
    for hours in (1, 24):
        make.issued(client, contact, ae, at=make.END + timedelta(hours=hours))
    late = make.log(client, contact, ae, kind="written")
    make.send_out(late, ae, make.END + timedelta(hours=24, seconds=1))
    make.log(client, contact, ae)
    return account


def kept(user, **fields):
    return [
        (row.label, row.due, row.kept, row.rate)
        for row in figures.kept(user, LATER, START, END, **fields)
    ]


def test_rate_by_ae_counts_unissued_as_not_kept(month, ad):
    assert kept(ad, by="ae") == [("ae", 4, 2, Decimal("0.5"))]


def test_rate_by_client_kind_and_month(month, ad):
    client, _contact = month
    assert kept(ad, by="client") == [(client.name, 4, 2, Decimal("0.5"))]
    assert kept(ad, by="kind") == [
        ("Call", 3, 2, Decimal(2) / 3),
        ("Written exchange", 1, 0, Decimal(0)),
    ]
    assert kept(ad, by="month") == [("2026-11", 4, 2, Decimal("0.5"))]


def test_47_of_50_are_94_per_cent():
    assert figures.Row(1, "ae", 50, 47, {}).rate == Decimal("0.94")


def test_nothing_due_is_no_rate(account, ad):
    assert kept(ad) == []
    assert figures.Row(1, "ae", 0, 0, {}).rate is None


def test_what_is_not_due_yet_does_not_count(account, ae, ad):
    client, contact = account
    make.log(client, contact, ae)
    assert figures.kept(ad, make.END, START, END) == []


def test_revisions_do_not_count_again(month, ae, ad):
    report = figures.kept_list(ad, START, END, is_kept=True).first()
    make.services.revise_report(report=report, reason="a date was wrong", by=ae, at=make.END)
    assert kept(ad, by="ae")[0][1] == 4


def test_each_figure_opens_its_list(month, ae, ad):
    for by in figures.GROUPINGS:
        for row in figures.kept(ad, LATER, START, END, by=by):
            query = dict(row.query)
            if by == "month":
                query["month"] = date.fromisoformat(query["month"])
            assert figures.kept_list(ad, START, END, **query).count() == row.due
            assert figures.kept_list(ad, START, END, **query, is_kept=True).count() == row.kept
            unkept = figures.kept_list(ad, START, END, **query, is_kept=False)
            assert unkept.count() == row.due - row.kept


def test_the_month_ends_at_local_midnight(account, ae, ad):
    client, contact = account
    make.log(client, contact, ae, when("2026-11-29 23:59:59"))
    make.log(client, contact, ae, when("2026-11-30 00:00"))
    rows = figures.kept(ad, LATER, START, LATER, by="month")
    assert [(row.label, row.due) for row in rows] == [("2026-11", 1), ("2026-12", 1)]
    assert figures.kept_list(ad, START, LATER, month=date(2026, 12, 1)).count() == 1


def test_an_ae_sees_the_own_figures_and_nobody_those_of_others(month, ae, other_ae):
    client, contact = month
    colleague = make_user("colleague")
    assign(client, colleague)
    make.log(client, contact, colleague)
    assert [row[0] for row in kept(ae, by="ae")] == ["ae"]
    assert kept(other_ae, by="ae") == []


def answered(account, ae, answers):
    client, contact = account
    reports = [make.delivered(client, contact, ae) for _answer in answers]
    for report, (answer, hours) in zip(reports, answers, strict=True):
        if answer:
            at = make.END + timedelta(hours=hours)
            make.answer(report, contact, at, answer, reason="We agreed on another size.")
    return reports


def test_shares_of_returns_and_median_hours(account, ae, ad):
    answers = [("accepted", 1), ("accepted", 4), ("objected", 10), (None, 0)]
    answered(account, ae, answers)
    found = figures.returns(ad, START, END)
    assert found.issued == 4
    assert found.counts == {"accepted": 2, "objected": 1, "deemed_accepted": 0, "open": 1}
    assert found.shares["accepted"] == Decimal("0.5")
    assert found.median_hours == Decimal("4.0")
    for state, count in found.counts.items():
        assert figures.returns_list(ad, START, END, state=state).count() == count


def test_silence_is_counted_apart_from_acceptance(account, ae, ad):
    answered(account, ae, [(None, 0)])
    make.tick(when("2026-11-25 12:00"))
    assert figures.returns(ad, START, END).counts == {
        "accepted": 0,
        "objected": 0,
        "deemed_accepted": 1,
        "open": 0,
    }


def test_a_superseded_report_keeps_what_was_said_to_it(account, ae, ad):
    (report,) = answered(account, ae, [("objected", 2)])
    report.refresh_from_db()
    at = when("2026-11-19 15:00")
    draft = make.services.revise_report(report=report, reason="another size", by=ae, at=at)
    make.send_out(draft, ae, at)
    counts = figures.returns(ad, START, END).counts
    assert (counts["objected"], counts["open"]) == (1, 1)


def test_without_reports_there_are_no_shares(account, ad):
    found = figures.returns(ad, START, END)
    assert (found.issued, found.median_hours) == (0, None)
    assert set(found.shares.values()) == {None}


def test_figures_of_one_client(month, ae, ad):
    client, _contact = month
    other = make.make_account(ae, ad)
    make.log(*other, ae)
    assert kept(ad, by="ae", client=client)[0][1] == 4
    assert kept(ad, by="ae")[0][1] == 5
    assert make_contact(client).client == client
