"""What a client's folder must hold, what of it is missing, and what it may go without (R40)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Contract
from agency.common.errors import Refused
from agency.common.models import AuditEntry
from archives.completeness import completeness
from archives.folder import WANTED, client_gaps, periods
from archives.kinds import Kind
from archives.models import Waiver
from archives.services import end_waiver, waive
from tests.archives.papers import NOON, make_document
from tests.builders import make_client, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R40")]
TODAY = date(2026, 11, 19)
WHY = "The client keeps it himself"
REPORTS = (
    (Kind.BUDGET_FORM, "2026"),
    (Kind.BUDGET_REPORT, "2026-10"),
    (Kind.QUARTERLY_REPORT, "2026-Q3"),
    (Kind.STATUS_REPORT, "2026-11-09"),
)


def state(client, kind, day=TODAY):
    return next(gap.state for gap in client_gaps(client, day) if gap.kind == kind)


def contract(client, starts_on, ends_on=None):
    return Contract.objects.create(
        client=client,
        number=f"{client.code}-1",
        title="Frame",
        starts_on=starts_on,
        ends_on=ends_on,
    )


@pytest.mark.parametrize(
    ("start", "day", "texts"),
    [
        (1, "2026-11-19", ["2026", "2026-10", "2026-Q3", "2026-11-09"]),
        (1, "2026-01-01", ["2026", "2025-12", "2025-Q4", "2025-12-22"]),
        (1, "2026-03-31", ["2026", "2026-02", "2025-Q4", "2026-03-23"]),
        (7, "2026-06-30", ["2025/26", "2026-05", "2026-Q1", "2026-06-22"]),
        (7, "2026-07-01", ["2026/27", "2026-06", "2026-Q2", "2026-06-22"]),
    ],
)
def test_year_and_what_ended_last(start, day, texts):
    client = make_client(fiscal_start_month=start)

    asked = periods(client, date.fromisoformat(day))

    assert [period.text for period in asked.values()] == texts


def test_empty_folder_lacks_everything_in_order():
    gaps = client_gaps(make_client(), TODAY)

    assert [gap.kind for gap in gaps] == list(WANTED)
    assert {gap.state for gap in gaps} == {"missing"}
    assert completeness(gaps) == 0


def test_full_folder_is_complete():
    client = make_client()
    contract(client, date(2026, 1, 1))
    make_contact(client, is_key=True)
    make_document(client, kind=Kind.AD_GUIDELINE)
    for kind, text in REPORTS:
        make_document(client, kind=kind, number=f"N/{text}", title=f"Report {text}")

    assert completeness(client_gaps(client, TODAY)) == 100


@pytest.mark.parametrize(("kind", "text"), REPORTS)
def test_report_counts_for_its_own_period_and_while_it_is_in_force(kind, text):
    client = make_client()
    make_document(client, kind=kind, number="N/1", title="Report 2019-01")
    make_document(client, kind=kind, number="N/2", title=f"报告 {text}", state="void",
                  void_reason="typed twice")  # fmt: skip
    assert state(client, kind) == "missing"

    make_document(client, kind=kind, number="N/3", title=f"报告 {text}", state="history")
    assert state(client, kind) == "there"


@pytest.mark.parametrize(("day", "found"), [(1, "there"), (31, "there"), (30, "there")])
def test_report_from_an_old_cabinet_counts_by_its_date(day, found):
    client = make_client()
    make_document(client, kind=Kind.BUDGET_REPORT, title="scan", dated_on=date(2026, 10, day))

    assert state(client, Kind.BUDGET_REPORT) == found
    assert state(client, Kind.BUDGET_REPORT, date(2026, 12, 1)) == "missing"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "found"),
    [
        (TODAY, None, "there"),
        (date(2026, 1, 1), TODAY, "there"),
        (date(2026, 1, 1), date(2026, 11, 18), "missing"),
        (date(2026, 11, 20), None, "draft"),
    ],
)
def test_contract_must_be_in_force(starts_on, ends_on, found):
    client = make_client()
    contract(client, starts_on, ends_on)

    assert state(client, Kind.CONTRACT) == found


def test_contact_who_is_no_key_contact_is_a_beginning():
    client = make_client()
    make_contact(client, is_key=True, is_active=False)
    assert state(client, "key_contact") == "missing"
    make_contact(client, is_key=False)

    assert state(client, "key_contact") == "draft"


def test_waived_row_leaves_both_counts_until_it_is_asked_for_again(ae, am):
    client = make_client(team=[ae, am])
    make_contact(client, is_key=True)
    row = waive(client=client, kind="ad_guideline", reason=WHY, by=am, at=NOON)
    waive(client=client, kind="ad_guideline", reason="sent twice", by=am, at=NOON)

    gap = next(gap for gap in client_gaps(client, TODAY) if gap.kind == "ad_guideline")
    assert (gap.state, gap.reason, gap.waiver.by) == ("waived", WHY, am)
    assert completeness(client_gaps(client, TODAY)) == 16  # one of six, rounded down
    end_waiver(waiver=row, by=am, at=NOON)
    assert state(client, "ad_guideline") == "missing"
    assert list(AuditEntry.objects.values_list("verb", flat=True))[-2:] == [
        "waive_paper",
        "end_waiver",
    ]


def test_waiver_is_the_managers_with_a_reason_and_of_this_client(ae, am, other_ae):
    client = make_client(team=[ae, am])
    for person in (ae, other_ae):
        with pytest.raises(PermissionDenied):
            waive(client=client, kind="contract", reason=WHY, by=person, at=NOON)
    for kind, reason in (("contract", "no"), ("memo", WHY)):
        with pytest.raises(Refused):
            waive(client=client, kind=kind, reason=reason, by=am, at=NOON)
    row = waive(client=client, kind="contract", reason=WHY, by=am, at=NOON)
    with pytest.raises(PermissionDenied):
        end_waiver(waiver=row, by=ae, at=NOON)
    assert Waiver.objects.get() == row


def test_waiver_of_a_job_is_none_of_the_folder(am):
    client = make_client(team=[am])
    Waiver.objects.create(client=client, job_number="LM-26-014", kind="contract", reason=WHY, by=am)

    assert state(client, Kind.CONTRACT) == "missing"
