"""Kept searches: kept once, told of once a day, only of what one may see (9.3)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Assignment
from agency.common.errors import Refused
from agency.common.models import Notification
from archives.models import SavedSearch
from archives.reports.saved import called
from archives.services import saved
from archives.tasks.saved import STEPS
from tests.archives.papers import make_document
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
MONDAY = when("2026-11-16 10:00")
MORNING = when("2026-11-17 08:30")
ae, colleague, customer = from_kept("ae", "colleague", "customer")


def make_kept():
    ae, colleague = make_user(), make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae, colleague])
    make_document(customer, title="旧的礼盒文件", at=MONDAY - timedelta(days=3))
    return {"ae": ae, "colleague": colleague, "customer": customer}


def keep(user, query="礼盒", at=MONDAY, **facets):
    return saved.keep_search(query=query, facets=facets, by=user, at=at)


def tick(at):
    (step,) = STEPS
    return [line for item in step.due(at) if (line := step.act(item, at))]


def told(user):
    rows = Notification.objects.filter(recipient=user, kind="saved_search")
    return [row.label for row in rows.order_by("pk")]


def test_the_same_question_is_kept_once(ae):
    assert keep(ae) == keep(ae, " 礼盒 ")
    assert keep(ae, kind="fax") != keep(ae, kind="memo")
    assert SavedSearch.objects.of(ae).count() == 3


def test_a_question_that_asks_nothing_is_not_kept(ae):
    for query in ("", "  ", "--", "\0"):
        with pytest.raises(Refused):
            keep(ae, query)


def test_facets_that_are_none_are_left_out(ae):
    row = keep(ae, kind="nonsense", year="2026", client="x", page="3")
    assert row.facets == {"year": "2026"}


def test_thirty_are_kept_and_not_one_more(ae):
    for number in range(saved.MOST):
        keep(ae, f"礼盒{number}")
    with pytest.raises(Refused):
        keep(ae, "又一个")
    assert keep(ae, "礼盒3")


def test_new_papers_are_told_in_the_morning(ae, colleague, customer):
    keep(ae)
    make_document(customer, title="新的礼盒文件", by=colleague, at=MONDAY + timedelta(hours=1))
    assert tick(MORNING - timedelta(seconds=1)) == []
    assert len(tick(MORNING)) == 1
    assert told(ae) == ["New in your kept searches: 礼盒 (1)"]


def test_they_are_told_once_a_day(ae, colleague, customer):
    keep(ae)
    make_document(customer, title="新的礼盒文件", by=colleague, at=MONDAY + timedelta(hours=1))
    for minutes in (0, 1, 600):
        tick(MORNING + timedelta(minutes=minutes))
    tick(MORNING + timedelta(days=1))
    assert len(told(ae)) == 1


def test_what_was_filed_just_now_is_told_tomorrow(ae, colleague, customer):
    keep(ae)
    make_document(customer, title="礼盒", by=colleague, at=MORNING - timedelta(minutes=59))
    assert tick(MORNING) == []
    tick(MORNING + timedelta(days=1))
    assert len(told(ae)) == 1


def test_an_hour_old_is_old_enough(ae, colleague, customer):
    keep(ae)
    make_document(customer, title="礼盒", by=colleague, at=MORNING - timedelta(minutes=60))
    assert len(tick(MORNING)) == 1


def test_all_searches_of_a_person_make_one_notice(ae, colleague, customer):
    keep(ae)
    keep(ae, "", kind="fax")
    make_document(customer, kind="fax", title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    tick(MORNING)
    assert told(ae) == ["New in your kept searches: 礼盒 (1), Fax (1)"]


def test_one_search_leads_to_its_papers_and_more_to_the_list(ae, colleague, customer):
    row = keep(ae)
    make_document(customer, title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    tick(MORNING)
    keep(ae, "文件", at=MORNING)
    make_document(customer, title="礼盒文件", by=colleague, at=MORNING + timedelta(hours=1))
    tick(MORNING + timedelta(days=1))
    paths = Notification.objects.order_by("pk").values_list("path", flat=True)
    assert list(paths) == [f"/archives/search/kept/{row.pk}/", "/archives/search/kept/"]


def test_ones_own_filing_is_no_news(ae, customer):
    keep(ae)
    make_document(customer, title="礼盒", by=ae, at=MONDAY + timedelta(hours=1))
    assert tick(MORNING) == []


def test_another_clients_paper_is_no_news(ae, colleague):
    keep(ae)
    make_document(make_client("YL"), title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    assert tick(MORNING) == []


def test_who_left_the_client_hears_no_more(ae, colleague, customer):
    keep(ae)
    make_document(customer, title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    Assignment.objects.filter(user=ae).delete()
    assert tick(MORNING) == []


def test_who_left_the_house_hears_nothing(ae, colleague, customer):
    keep(ae)
    make_document(customer, title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    type(ae).objects.filter(pk=ae.pk).update(is_active=False)
    assert tick(MORNING) == []


def test_who_does_not_want_to_be_told_is_not(ae, colleague, customer):
    row = keep(ae)
    saved.tell_of_search(search=row, tells=False, by=ae, at=MONDAY)
    make_document(customer, title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    assert tick(MORNING) == []


def test_taken_up_again_it_counts_from_then(ae, colleague, customer):
    row = saved.tell_of_search(search=keep(ae), tells=False, by=ae, at=MONDAY)
    make_document(customer, title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    saved.tell_of_search(search=row, tells=True, by=ae, at=MONDAY + timedelta(hours=2))
    assert tick(MORNING) == []


def test_facets_narrow_the_news(ae, colleague, customer):
    keep(ae, kind="fax")
    keep(ae, part="money")
    make_document(customer, title="礼盒", kind="memo", by=colleague, at=MONDAY + timedelta(hours=1))
    assert tick(MORNING) == []


def test_the_news_stay_with_the_search_until_the_next(ae, colleague, customer):
    row = keep(ae)
    make_document(customer, title="礼盒", by=colleague, at=MONDAY + timedelta(hours=1))
    tick(MORNING)
    tick(MORNING + timedelta(days=1))
    row.refresh_from_db()
    assert (row.news, f"{row.news_since}") == (1, "2026-11-16")
    assert row.news_url.endswith("since=2026-11-16")


def test_somebody_elses_search_is_not_touched(ae, colleague):
    row = keep(ae)
    with pytest.raises(PermissionDenied):
        saved.forget_search(search=row, by=colleague)
    with pytest.raises(PermissionDenied):
        saved.tell_of_search(search=row, tells=False, by=colleague, at=MONDAY)


def test_let_go_it_is_gone(ae):
    saved.forget_search(search=keep(ae), by=ae)
    assert not SavedSearch.objects.exists()


def test_it_is_called_by_its_words_and_facets(ae, customer):
    rows = [
        keep(ae, client=str(customer.pk), kind="contract", year="2026"),
        keep(ae, "", kind="fax"),
    ]
    assert [name for _row, name in called(rows)] == ["礼盒 · 绿麦食品 · Contract · 2026", "Fax"]


def test_a_long_question_is_shortened_in_the_notice(ae, colleague, customer):
    words = "礼盒" + "很长的问题" * 10
    keep(ae, words)
    make_document(customer, title=words, by=colleague, at=MONDAY + timedelta(hours=1))
    tick(MORNING)
    assert told(ae) == [f"New in your kept searches: {words[:30]}… (1)"]
