"""Weekly status reports as the rights tests want them: each state in a week of its own."""

from datetime import timedelta

from tests.builders import make_user
from tests.meetings.status_rows import add_line, make_status
from tests.rights_side import TODAY, pk, thing

MONDAY = TODAY - timedelta(days=TODAY.weekday())


def week(back):
    return MONDAY - timedelta(weeks=back)


def status(side, back, state="draft"):
    report = make_status(side.customer, state, side.ae, make_user(role="am"), week=week(back))
    add_line(report, "Poster", next_contact=side.person)
    return report


@thing
def status_report(side):
    return pk(status(side, 0))


@thing
def status_section(side):
    return {**pk(status(side, 1)), "section": "media"}


@thing
def status_line(side):
    return pk(status(side, 2).lines.get())


@thing
def submitted_status_report(side):
    return pk(status(side, 3, "submitted"))


@thing
def signed_status_report(side):
    return pk(status(side, 4, "signed"))


@thing
def issued_status_report(side):
    return pk(status(side, 5, "issued"))
