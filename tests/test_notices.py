import pytest
from django.urls import reverse

from agency.common.models import Notification
from tests.builders import when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")


def make_notice(user, key, **fields):
    defaults = {"kind": "report_due", "label": f"Notice {key}", "path": "/meetings/1/"}
    return Notification.objects.create(key=key, recipient=user, **{**defaults, **fields})


def page_of(client, user, query=""):
    client.force_login(user)
    return client.get(f"{reverse('notices')}{query}").content.decode()


def test_page_holds_my_notices_only(client, ae, am):
    make_notice(ae, "mine")
    make_notice(am, "hers")
    page = page_of(client, ae)
    assert "Notice mine" in page
    assert "Notice hers" not in page


def test_dropped_slots_are_never_shown(client, ae):
    make_notice(ae, "dropped", is_dropped=True)
    assert "Notice dropped" not in page_of(client, ae)


def test_notice_leads_to_what_it_is_about(client, ae):
    make_notice(ae, "mine", path="/meetings/reports/7/")
    assert 'href="/meetings/reports/7/"' in page_of(client, ae)


def test_filters_narrow_by_level_and_unread(client, ae):
    make_notice(ae, "late", level="breach")
    make_notice(ae, "read", read_at=NOW)
    assert "Notice read" not in page_of(client, ae, "?level=breach")
    assert "Notice read" not in page_of(client, ae, "?unread=on")


def test_reading_all_touches_nobody_elses(client, ae, am):
    mine, hers = make_notice(ae, "mine"), make_notice(am, "hers")
    client.force_login(ae)
    assert client.post(reverse("notices_read")).status_code == 302
    mine.refresh_from_db()
    hers.refresh_from_db()
    assert mine.read_at is not None
    assert hers.read_at is None


def test_opening_the_page_reads_nothing(client, ae):
    notice = make_notice(ae, "mine")
    page_of(client, ae)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_read_all_is_no_link(client, ae):
    client.force_login(ae)
    assert client.get(reverse("notices_read")).status_code == 405


def test_empty_page_says_what_comes_here(client, ae):
    assert "No notices yet" in page_of(client, ae)


def test_list_takes_the_same_number_of_queries_for_any_rows(
    client, ae, django_assert_num_queries, django_assert_max_num_queries
):
    make_notice(ae, "0")
    page_of(client, ae)
    with django_assert_max_num_queries(15) as few:
        page_of(client, ae)
    for number in range(1, 50):
        make_notice(ae, str(number))
    with django_assert_num_queries(len(few.captured_queries)):
        page_of(client, ae)
