from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from agency.common.services import clock_is_trusted
from agency.common.services.pulse import measure
from tests.builders import make_user


@pytest.fixture
def browser(db):
    browser = Browser()
    browser.force_login(make_user(role="admin"))
    return browser


def beats(*jumps):
    for jump in jumps:
        heart = measure(timezone.now())
        heart.at += jump
        heart.save()


def test_the_page_says_how_the_clock_beats(browser):
    assert "never run" in browser.get("/clock/").content.decode()
    beats(timedelta(0))
    assert "Its time is trusted." in browser.get("/clock/").content.decode()


def test_the_admin_says_that_the_time_is_right(browser):
    beats(timedelta(days=-1), timedelta(0))
    assert "in doubt" in browser.get("/clock/").content.decode()
    assert not clock_is_trusted(timezone.now())
    answer = browser.post("/clock/", follow=True)
    assert answer.redirect_chain == [("/clock/", 302)]
    assert clock_is_trusted(timezone.now())


def test_nobody_else_may_say_so(ae):
    browser = Browser()
    browser.force_login(ae)
    assert browser.post("/clock/").status_code == 403
