"""Each page once, English at the desk and Chinese on the phone by turns, as Chromium shows it.

Nothing scrolls sideways, axe finds nothing serious, the console stays silent under the policy.
"""

import pytest
from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from agency import links
from agency.common.sender import send_due
from agency.rights import LINES, PEOPLE
from meetings import services
from tests.browser.fault_urls import FAULTS
from tests.meetings import make
from tests.rights_side import NOW
from tests.rights_things import issued_report
from tests.rights_world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NO_PAGE = ("_pdf", "_part", "_file", "_sheet", "feed", "healthz", "report_bar", "report_preview")
PAGES = [name for name, line in LINES.items() if line.get == 200 and not name.endswith(NO_PAGE)]
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "en", "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "color_scheme": "dark"}
WIDE = """Array.from(document.querySelectorAll('body *'))
.filter(part => part.getBoundingClientRect().right > innerWidth + 1)
.filter(part => !part.closest('.table-scroll')).map(part => part.className).slice(0, 3)"""
GRAVE = ("serious", "critical")
# Only what is wrong is described; what is right would be the longer part.
WRONG_ONLY = {"resultTypes": ["violations"], "preload": False}
# Bar and rail are the same on every page of a person: they are looked at once.
SEEN_ONCE = {"exclude": [["header.top"], ["nav.rail"]]}


@pytest.fixture
def world(live_server, tmp_path, settings):
    settings.STORAGE_ROOT, settings.FAULT = tmp_path, "pdf_blank"
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
        self.said, self.looked_at = [], None
        self.page.on("console", lambda line: line.type == "error" and self.said.append(line.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def faults(self, address, axe, wanted=200):
        """What is wrong with a page, in words."""
        self.said.clear()
        response = self.page.goto(address)
        if response.status != wanted:
            return [f"answered {response.status}"]
        width = self.page.viewport_size["width"]
        # Chromium itself says that the page was one of a fault; that is what we came to see.
        told = f"the server responded with a status of {wanted}"
        found = [line for line in self.said if wanted == 200 or told not in line]
        if self.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways: {self.page.evaluate(WIDE)}")
        looked_at, self.looked_at = self.looked_at, SEEN_ONCE
        seen = axe.run(self.page, looked_at, WRONG_ONLY).response["violations"]
        return found + [
            f"{rule['id']}: {rule['nodes'][0]['target']}"
            for rule in seen
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


LOOKS = ((DESK, "en"), (PHONE, "zh"))
SHUT = "/c/link/999999/"


def wrong_of(browser, url, cookies, pages, axe):
    """What is wrong with pages, each in both looks: {(address, language): faults}."""
    wrong = {}
    for look, language in LOOKS:
        User.objects.update(language=language)
        visit = Visit(browser, url, cookies, look)
        for address, wanted in pages:
            if faults := visit.faults(address, axe, wanted):
                wrong[address, language] = faults
        visit.context.close()
    return wrong


@pytest.fixture
def ae_side(world):
    return world.own, cookies_of(world, "AE")


def test_each_page_of_a_fault(ae_side, browser, live_server, axe, settings):
    settings.ROOT_URLCONF = "tests.browser.fault_urls"
    pages = [(f"/fault/{status}/", status) for status in FAULTS]
    pages += [("/fault/for-real/", 500), ("/people/", 403), ("/nothing/", 404), ("/?a=%00", 400)]
    assert wrong_of(browser, live_server.url, ae_side[1], pages, axe) == {}


def test_the_mails_of_a_trial(ae_side, browser, live_server, axe, settings, tmp_path):
    settings.DEBUG, settings.EMAIL_URL, settings.MAIL_DIR = True, "", tmp_path / "mail"
    settings.MAIL_HOOK, settings.MAIL_ATTACH = "", "tests.test_mailbox.pdf"
    send_due()
    name = next(settings.MAIL_DIR.glob("*.eml")).stem
    pages = [("/mail/", 200), (f"/mail/{name}/", 200)]
    assert wrong_of(browser, live_server.url, ae_side[1], pages, axe) == {}


def test_links_that_were_replaced_or_closed(ae_side, browser, live_server, axe):
    side = ae_side[0]
    report = issued_report(side)
    link = make.link_of(report, side.person)
    former = {"report": report, "reason": "Another poster.", "by": side.ae, "at": NOW}
    make.send_out(services.revise_report(**former), side.ae, NOW)
    cookies = {links.COOKIE: signing.dumps([link.pk], salt=links.SALT)}
    pages = [(reverse("link_page", args=[link.pk]), 200), (SHUT, 404), ("/c/nobody/", 404)]
    assert wrong_of(browser, live_server.url, cookies, pages, axe) == {}
