import pytest

from accounts.services import morning_list
from agency.common.duties import Duty
from agency.common.models import OutboxMail
from agency.common.services import audit
from agency.common.services.audit import head
from agency.common.verbs import unit
from tests.builders import when

AT = when("2026-11-20 08:30")
DUTY = Duty("Issue", "contact report of the call", "/meetings/1/", "Issue")


@pytest.fixture
def trail(ae):
    with unit():
        audit(actor=ae, verb="log_call", subject=ae, at=AT)
    return head()


@pytest.mark.rule("R70")
def test_the_list_is_mailed_once_a_day(ae):
    assert morning_list(user=ae, duties=[DUTY], at=AT) == "ae 1"
    assert morning_list(user=ae, duties=[DUTY], at=AT) is None
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (ae.email, "1 thing needs you")
    assert "Issue: contact report of the call" in mail.text


def test_the_director_keeps_the_head_of_the_audit_trail(ad, ae, trail):
    for user in (ad, ae):
        morning_list(user=user, duties=[DUTY], at=AT)
    texts = {mail.to: mail.text for mail in OutboxMail.objects.all()}
    assert trail in texts[ad.email]
    assert trail not in texts[ae.email]


@pytest.mark.rule("R70", "C12")
def test_an_empty_day_is_written_for_the_trail_alone(ad, ae, trail):
    for user in (ad, ae):
        morning_list(user=user, duties=[], at=AT)
    mail = OutboxMail.objects.get()
    assert mail.to == ad.email
    assert trail in mail.text
    assert "Nothing needs you today." in mail.text
