"""Each page once, English at the desk and Chinese on the phone by turns, as Chromium shows it.

Nothing scrolls sideways, axe finds nothing serious, the console stays silent under the policy.
"""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from agency import links
from agency.rights import LINES, PEOPLE
from tests.test_permissions import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NO_PAGE = ("_pdf", "_part", "_file", "_sheet", "feed", "healthz", "report_bar", "report_preview")
PAGES = [name for name, line in LINES.items() if line.get == 200 and not name.endswith(NO_PAGE)]
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "en", "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "color_scheme": "dark"}
WIDE = """Array.from(document.querySelectorAll('body *'))
.filter(part => part.getBoundingClientRect().right > innerWidth + 1)
.filter(part => !part.closest('.table-scroll')).map(part => part.className).slice(0, 3)"""
GRAVE = ("serious", "critical")


@pytest.fixture
def world(live_server, tmp_path, settings):
    settings.STORAGE_ROOT = tmp_path
    return World()


def reader_of(name):
    """The first kind of person who may read the page; the AE before the others."""
    line = LINES[name]
    order = ["AE", "AM", "admin", "link contact", "anonymous", *PEOPLE]
    return next((person for person in order if line.mark(person) == "y"), None)


class Visit:
    """One person's window, which remembers what the console said."""

    def __init__(self, browser, url, cookies, look):
        self.context = browser.new_context(base_url=url, **look)
        self.context.set_default_timeout(20_000)
        values = [{"name": key, "value": found, "url": url} for key, found in cookies.items()]
        self.context.add_cookies(values)
        self.page = self.context.new_page()
        self.said = []
        self.page.on("console", lambda line: line.type == "error" and self.said.append(line.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def faults(self, address, axe):
        """What is wrong with a page, in words."""
        self.said.clear()
        response = self.page.goto(address)
        if response.status != 200:
            return [f"answered {response.status}"]
        width = self.page.viewport_size["width"]
        found = list(self.said)
        if self.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways: {self.page.evaluate(WIDE)}")
        return found + [
            f"{rule['id']}: {rule['nodes'][0]['target']}"
            for rule in axe.run(self.page).response["violations"]
            if rule["impact"] in GRAVE
        ]


def cookies_of(world, person):
    jar = world.browsers[person].cookies
    kept = (settings.SESSION_COOKIE_NAME, links.COOKIE)
    return {name: jar[name].value for name in kept if name in jar}


def test_each_page(world, browser, live_server, axe):
    wrong = {}
    for look, language, names in ((DESK, "en", PAGES[::2]), (PHONE, "zh", PAGES[1::2])):
        User.objects.update(language=language)
        visits = {
            person: Visit(browser, live_server.url, cookies_of(world, person), look)
            for person in {reader_of(name) for name in names} - {None}
        }
        for name in names:
            visit = visits.get(reader_of(name))
            address = reverse(name, kwargs=world.own.kwargs(LINES[name].thing))
            if visit and (faults := visit.faults(address, axe)):
                wrong[name, language] = faults
        for visit in visits.values():
            visit.context.close()
    assert wrong == {}
