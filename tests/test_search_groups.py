"""Above the papers: jobs, meetings and people that bear the words of a question (9.3)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archives.models import Ad, Competitor
from archives.search.groups import groups
from archives.search.question import read
from meetings.models import Meeting
from tests.builders import from_kept, make_brand, make_client, make_contact, make_user
from tests.jobs.make import NOW, make_job

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
FIND = reverse("archives:search")
ae, stranger, customer = from_kept("ae", "stranger", "customer")


def make_kept():
    ae, stranger = make_user(), make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae])
    make_client("YL", team=[stranger])
    for number in range(4):
        make_job(customer, ae, title=f"中秋礼盒海报{number}", number=f"LM-26-01{number}")
    make_contact(customer, name="何嘉宁")
    times = {"starts_at": NOW, "planned_end": NOW + timedelta(hours=1)}
    Meeting.objects.create(
        client=customer, kind="face", title="中秋礼盒提案", ae=ae, created_by=ae, **times
    )
    return {"ae": ae, "stranger": stranger, "customer": customer}


def found(words, user):
    return {str(one.label): one.rows for one in groups(read(words), user, NOW)}


def test_three_of_each_that_bear_all_the_words(ae):
    rows = found("礼盒", ae)
    assert {label: len(some) for label, some in rows.items()} == {"Jobs": 3, "Meetings": 1}
    assert list(found("礼盒 提案", ae)) == ["Meetings"]


def test_a_contact_by_name(ae):
    (row,) = found("嘉宁", ae)["Contacts"]
    assert row.name == "何嘉宁"


def test_an_ad_by_its_title_or_by_the_competitor_whose_it_is(ae, stranger, customer):
    rival = Competitor.objects.create(brand=make_brand(customer), name="金穗")
    facts = {"medium": "tv", "first_run": NOW.date(), "year": 2026}
    Ad.objects.create(client=customer, title="围炉 30 秒", job_number="LM-26-012", **facts)
    Ad.objects.create(competitor=rival, title="丰年", **facts)
    assert [row.name for row in found("围炉", ae)["Ads"]] == ["围炉 30 秒"]
    assert [row.name for row in found("金穗 client:LM", ae)["Ads"]] == ["丰年"]
    assert [row.code for row in found("lm26012", ae)["Ads"]] == ["LM-26-012"]
    assert found("金穗", stranger) == {}


@pytest.mark.parametrize("typed", ["LM-26-012", "lm26012", "ＬＭ-26-012", "LM/26/012"])
def test_a_job_by_its_number_in_any_spelling(typed, ae):
    assert [row.code for row in found(typed, ae)["Jobs"]] == ["LM-26-012"]


def test_unwanted_words_and_the_client_narrow_groups_too(ae):
    assert list(found("礼盒 -海报", ae)) == ["Meetings"]
    assert found("礼盒 client:LM", ae)
    assert found("礼盒 client:YL", ae) == {}


def test_what_is_asked_of_papers_asks_nothing_of_other_rows(ae):
    assert found("礼盒 kind:estimate", ae) == {}
    assert found("client:LM", ae) == {}


def test_another_clients_rows_are_not_there_and_cost_the_same(ae, stranger):
    def cost(user):
        with CaptureQueriesContext(connection) as asked:
            groups(read("礼盒"), user, NOW)
        return len(asked)

    assert found("礼盒", stranger) == found("嘉宁", stranger) == {}
    assert cost(ae) == cost(stranger)


def test_the_page_shows_them_above_the_papers(client, ae):
    client.force_login(ae)
    text = client.get(FIND, {"q": "礼盒"}).content.decode()
    assert "LM-26-012" in text
    assert "中秋礼盒提案" in text
    assert "LM-26-012" not in client.get(FIND, {"q": "礼盒", "kind": "fax"}).content.decode()
