"""Windows that the tests of the pages look through."""

import pytest

from tests.browser.desks import session_of, watched
from tests.browser.windows import DESK, Windows, put_down


@pytest.fixture(scope="session")
def windows(browser, live_server):
    windows = Windows(browser, live_server.url)
    yield windows
    windows.close()


@pytest.fixture
def page(windows):
    """A desktop page in English; a message in its console or an error on the page is a failure."""
    page = windows.open(**DESK)
    errors = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    put_down(page)
    assert errors == []


@pytest.fixture
def desk_of(browser, live_server, db):
    """desk_of(user) -> a page of their own, signed in, in Chinese."""
    contexts = []

    def open_desk(user=None, **more):
        size = more.pop("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", viewport=size)
        contexts.append((context, watched(context)))
        if user is not None:
            name, value = session_of(user)
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return contexts[-1][1]

    yield open_desk
    for context, page in contexts:
        context.close()
        assert [fault for fault in page.faults if "422" not in fault] == []
