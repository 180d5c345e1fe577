from agency.common.models import OutboxMail
from meetings import services
from meetings.models import ContactReport
from tests.builders import make_client, make_contact, when


def test_a_call_runs_from_log_to_issue(ae, am, ad):
    client = make_client("LM", team=[ae, am, ad])
    contact = make_contact(client)
    at = when("2026-11-19 12:00")
    data = services.ReportData(
        points=[services.PointData(kind="decision", text="Poster A is taken.")],
        actions=[services.ActionData(text="Send poster", user=ae, due_on=at.date())],
        returner=contact,
    )
    report = services.log_call(
        client=client,
        kind="call",
        title="Poster",
        ended_at=when("2026-11-19 11:37"),
        data=data,
        users=[ae],
        contacts=[contact],
        by=ae,
        at=at,
    )
    report = services.issue_report(report=report, row_version=report.row_version, by=ae, at=at)
    assert report.number == "LM/CR/2026/001"
    assert report.state == ContactReport.State.ISSUED
    assert OutboxMail.objects.filter(to=contact.email).count() == 1
