from datetime import date

import pytest
from django.utils import translation

from accounts.services import telling
from agency.common.models import Notification
from agency.common.verbs import unit
from meetings.models import ContactReport
from meetings.services import naming
from tests.builders import make_client, make_stand_in, make_user, when
from tests.meetings.make import issued, log, make_account

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")


def test_words_are_put_into_the_readers_language_first():
    label = telling.words("%(name)s: %(due)s", name="LM", due=NOW)
    with translation.override("zh-hans"):
        assert str(label) == "LM: 11月19日 14:00"
    with translation.override("en"):
        assert str(label) == "LM: 19 Nov 14:00"


def test_days_are_spelt_without_an_hour():
    with translation.override("en"):
        assert str(telling.words("%(due)s", due=date(2026, 11, 19))) == "19 Nov"


def test_fact_may_be_called_text():
    assert str(telling.words("%(text)s", text="Send it")) == "Send it"


def test_key_names_kind_model_row_slot_and_version():
    report = ContactReport(pk=7)
    assert telling.key_of("report_due", report, "h12") == "report_due:contactreport:7:h12"
    assert telling.key_of("report_due", report, "h12", "v2").endswith(":h12:v2")


def test_stamp_is_the_same_in_every_zone():
    assert telling.stamp(NOW) == telling.stamp(NOW.astimezone())


@pytest.mark.rule("R80")
def test_posts_name_each_person_once(ae):
    ad = make_user(role="ad")
    client = make_client(team=[ae, ad])  # no AM: the AD takes that post, too
    assert telling.posts(client, ("ae", "am", "ad"), NOW) == [ae, ad]


@pytest.mark.rule("R77")
def test_posts_hold_the_stand_in_beside_the_absent(ae):
    deputy = make_user()
    client = make_client(team=[ae])
    make_stand_in(ae, deputy, NOW.date(), NOW.date())
    assert telling.posts(client, ("ae",), NOW) == [ae, deputy]


def test_named_ae_comes_before_the_lead(ae):
    lead = make_user()
    client = make_client(team=[lead])
    assert telling.posts(client, ("ae",), NOW, named=ae) == [ae]


def test_telling_twice_makes_one_notice(ae):
    client, contact = make_account(ae)
    report = log(client, contact, ae)
    with unit():
        for _twice in range(2):
            telling.tell("opinion", report, [ae], "Words", client=client, at=NOW, slot="x")
    assert Notification.objects.filter(kind="opinion").count() == 1


def test_nobody_to_tell_is_no_fault(ae):
    client, contact = make_account(ae)
    report = log(client, contact, ae)
    assert telling.tell("opinion", report, [], "Words", client=client, at=NOW) == []


def test_report_is_called_by_its_meeting_until_it_has_a_number(ae):
    client, contact = make_account(ae)
    report = log(client, contact, ae, title="Poster call")
    assert naming.title_of(report) == "Poster call"
    assert naming.title_of(issued(client, contact, ae)).startswith(f"{client.code}/CR/")
