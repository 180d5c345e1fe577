"""Windows that the tests of the pages look through."""

import pytest

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
