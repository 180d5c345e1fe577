"""The frame: places, menus, count and the red bar."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from agency.common.context_processors import Frame, is_here
from agency.common.models import Heartbeat
from tests.builders import make_user

pytestmark = pytest.mark.urls("tests.common.site")


def frame_for(rf, user, path="/"):
    request = rf.get(path)
    request.user = user
    return Frame(request)


def test_places_that_do_not_exist_are_not_shown(rf, ae):
    places = frame_for(rf, ae).places
    assert [(place["label"], place["url"]) for place in places] == [
        ("Home", "/"),
        ("Clients", "/accounts/clients/"),
    ]


def test_present_place_is_marked(rf, ae):
    places = frame_for(rf, ae, "/accounts/clients/7/").places
    assert [place["is_here"] for place in places] == [False, True]
    assert is_here("/", "/")


def test_menus_hold_what_the_person_may_do(rf, ae):
    assert [entry["label"] for entry in frame_for(rf, ae).new] == ["Log a call"]
    assert frame_for(rf, make_user(role="finance")).new == []


def test_admin_sees_no_place_of_clients(rf, db):
    places = frame_for(rf, make_user(role="admin")).places
    assert [place["label"] for place in places] == ["Home"]


def test_count_is_asked_of_the_home_page_or_taken_from_the_view(rf, ae, settings):
    settings.FRAME_COUNT = "home"
    frame = frame_for(rf, ae)
    assert (frame.count, frame.count_url) == (None, "/")
    frame = frame_for(rf, ae)
    frame.request.duty_count = 2
    assert frame.count == 2
    assert frame_for(rf, ae).count == 2


def test_house_has_a_name_without_settings(rf, ae, settings):
    settings.FRAME_HOUSE = ""
    with translation.override("en"):
        assert frame_for(rf, ae).house == "Account service"


def test_house_is_asked_once_a_minute_in_each_language(rf, ae, settings, monkeypatch):
    asked = []
    monkeypatch.setattr(f"{__name__}.isle", lambda: asked.append(1) or "Green Isle")
    settings.FRAME_HOUSE = f"{__name__}.isle"
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            assert frame_for(rf, ae).house == "Green Isle"
    assert len(asked) == 2


def isle():
    return ""


def test_pulse_is_looked_at_four_times_a_minute_at_most(rf, ae, django_assert_num_queries):
    assert frame_for(rf, ae).stopped_since is None
    with django_assert_num_queries(0):
        assert frame_for(rf, ae).stopped_since is None


def test_other_language_is_the_one_not_shown(rf, ae):
    with translation.override("en"):
        assert frame_for(rf, ae).other_language["label"] == "中文"
    with translation.override("zh-hans"):
        assert frame_for(rf, ae).other_language["label"] == "English"


# To the second in test_pulse.py; here the page takes time of its own.
@pytest.mark.parametrize(("seconds", "is_red"), [(150, False), (181, True)])
def test_red_bar_when_the_clock_stands_still_for_three_minutes(client, ae, seconds, is_red):
    beat = timezone.now() - timedelta(seconds=seconds)
    Heartbeat.objects.create(at=beat, host="one", boot_s=0, db_gap_s=0)
    client.force_login(ae)
    page = client.get("/").content.decode()
    assert ("The clock has stood still" in page) is is_red


def test_page_names_its_language_and_has_no_inline_style_or_script(client, db):
    client.force_login(make_user(language="zh"))
    page = client.get("/").content.decode()
    assert '<html lang="zh-Hans">' in page
    assert "style=" not in page
    assert "onclick=" not in page
    assert "<script>" not in page
