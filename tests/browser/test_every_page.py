"""Each page once, English at the desk and Chinese on the phone by turns, as Chromium shows it;
those of jobs in both.

Nothing scrolls sideways, axe finds nothing serious, the console stays silent under the policy.
"""

from itertools import groupby

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from agency import links
from agency.common.sender import send_due
from agency.rights import LINES, PEOPLE
from meetings import services
from tests.browser.fault_urls import FAULTS
from tests.browser.windows import DESK as DESK_IN_ENGLISH
from tests.browser.windows import put_down
from tests.builders import make_user
from tests.meetings import make
from tests.rights_side import NOW, Side
from tests.rights_things import issued_report
from tests.rights_world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NO_PAGE = (
    *("_pdf", "_zip", "_part", "_file", "_xlsx", "_receipt", "estimate_sheet"),
    *("reception_sheet", "document_picture", "document_play", "kit_blank"),
    *("feed", "healthz", "report_bar", "report_preview", "hold_now", "count"),
)
PAGES = [name for name, line in LINES.items() if line.get == 200 and not name.endswith(NO_PAGE)]
DESK = {**DESK_IN_ENGLISH, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "color_scheme": "dark"}
LIMIT = 20_000
# How wide it is, and what is wrong with it, in one question; it is not waited for longer than that.
LOOK = """async ([part, options, limit]) => Promise.race([
new Promise((_, tooLate) => setTimeout(tooLate, limit, new Error('looked at for too long'))),
(async () => ({width: document.documentElement.scrollWidth,
wrong: (await axe.run(part || document, options)).violations}))()])"""
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
    return World(foreign=())


def reader_of(name):
    """The first kind of person who may read the page; the AE before the others."""
    line = LINES[name]
    order = ["AE", "AM", "admin", "link contact", "anonymous", *PEOPLE]
    return next((person for person in order if line.mark(person) == "y"), None)


class Visit:
    """One window, which remembers what the console said; people use it one after the other."""

    def __init__(self, windows, look, axe):
        # It stands ready in each page: to send it there every time takes long.
        self.page = windows.open(axe.axe_script, **look)
        self.page.set_default_timeout(LIMIT)
        self.url, self.said, self.looked_at = windows.url, [], None
        self.page.on("console", lambda line: line.type == "error" and self.said.append(line.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def sit_down(self, cookies):
        """The next person, who has nothing of the one before."""
        self.page.context.clear_cookies()
        values = [{"name": key, "value": found, "url": self.url} for key, found in cookies.items()]
        self.page.context.add_cookies(values)
        self.looked_at = None

    def faults(self, address, wanted=200):
        """What is wrong with a page, in words."""
        self.said.clear()
        response = self.page.goto(address)
        if response.status != wanted:
            return [f"answered {response.status}"]
        if (kind := response.headers.get("content-type", "")) and not kind.startswith("text/html"):
            return [f"no page but {kind}"]
        seen = self.page.evaluate(LOOK, [self.looked_at, WRONG_ONLY, LIMIT])
        self.looked_at = SEEN_ONCE
        # Chromium itself says that the page was one of a fault; that is what we came to see.
        told = f"the server responded with a status of {wanted}"
        found = [line for line in self.said if wanted == 200 or told not in line]
        if seen["width"] > self.page.viewport_size["width"]:
            found.append(f"scrolls sideways: {self.page.evaluate(WIDE)}")
        return found + [
            f"{rule['id']}: {rule['nodes'][0]['target']}"
            for rule in seen["wrong"]
            if rule["impact"] in GRAVE
        ]


def cookies_of(browser):
    jar = browser.cookies
    kept = (settings.SESSION_COOKIE_NAME, links.COOKIE)
    return {name: jar[name].value for name in kept if name in jar}


@pytest.mark.parametrize("name", ["document_picture", "document_play"])
def test_a_file_shown_as_a_page_fails_by_its_name_and_hangs_nothing(side, windows, axe, name):
    """Chromium runs no script in it, so that a question asked there is never answered."""
    line = LINES[f"archives:{name}"]
    browser = Browser()
    browser.force_login(side.ae)
    visit = Visit(windows, DESK, axe)
    visit.sit_down(cookies_of(browser))
    (fault,) = visit.faults(reverse(f"archives:{name}", kwargs=side.kwargs(line.thing)))
    assert fault.startswith(("no page but image/", "no page but video/"))


LOOKS = ((DESK, "en"), (PHONE, "zh"))
IN_BOTH = "jobs:"


def test_each_page(world, windows, axe):
    wrong = {}
    for start, (look, language) in enumerate(LOOKS):
        User.objects.update(language=language)
        visit = Visit(windows, look, axe)
        here = [name for name in PAGES if name in PAGES[start::2] or name.startswith(IN_BOTH)]
        read = sorted(filter(reader_of, here), key=reader_of)
        for person, pages in groupby(read, key=reader_of):
            visit.sit_down(cookies_of(world.browsers[person]))
            for name in pages:
                address = reverse(name, kwargs=world.own.kwargs(LINES[name].thing))
                if faults := visit.faults(address):
                    wrong[name] = faults
        put_down(visit.page)
    assert wrong == {}


SHUT = "/c/link/999999/"
# One of each kind that sends a mail of its own.
MAILED = ("report", "revision", "meeting", "claimed end", "opinion", "held mail", "token")


def wrong_of(windows, cookies, pages, axe):
    """What is wrong with pages, each in both looks: {(address, language): faults}."""
    wrong = {}
    for look, language in LOOKS:
        User.objects.update(language=language)
        visit = Visit(windows, look, axe)
        visit.sit_down(cookies)
        for address, wanted in pages:
            if faults := visit.faults(address, wanted):
                wrong[address, language] = faults
        put_down(visit.page)
    return wrong


@pytest.fixture
def side(live_server, tmp_path, settings):
    """One client with its people: whoever looks at few pages needs no more of the world."""
    settings.STORAGE_ROOT, settings.FAULT = tmp_path, "pdf_blank"
    return Side("OWN", make_user(), [make_user(role="am"), make_user(role="ad")])


@pytest.fixture
def ae_cookies(side):
    browser = Browser()
    browser.force_login(side.ae)
    return cookies_of(browser)


def test_each_page_of_a_fault(ae_cookies, windows, axe, settings):
    settings.ROOT_URLCONF = "tests.browser.fault_urls"
    pages = [(f"/fault/{status}/", status) for status in FAULTS]
    pages += [("/fault/for-real/", 500), ("/people/", 403), ("/nothing/", 404), ("/?a=%00", 400)]
    assert wrong_of(windows, ae_cookies, pages, axe) == {}


def test_the_mails_of_a_trial(side, ae_cookies, windows, axe, settings, tmp_path):
    settings.DEBUG, settings.EMAIL_URL, settings.MAIL_DIR = True, "", tmp_path / "mail"
    settings.MAIL_HOOK, settings.MAIL_ATTACH = "", "tests.test_mailbox.pdf"
    for name in MAILED:
        side.kwargs(name)
    send_due()
    name = next(settings.MAIL_DIR.glob("*.eml")).stem
    pages = [("/mail/", 200), (f"/mail/{name}/", 200)]
    assert wrong_of(windows, ae_cookies, pages, axe) == {}


def test_links_that_were_replaced_or_closed(side, windows, axe):
    report = issued_report(side)
    link = make.link_of(report, side.person)
    former = {"report": report, "reason": "Another poster.", "by": side.ae, "at": NOW}
    make.send_out(services.revise_report(**former), side.ae, NOW)
    cookies = {links.COOKIE: signing.dumps([link.pk], salt=links.SALT)}
    pages = [(reverse("link_page", args=[link.pk]), 200), (SHUT, 404), ("/c/nobody/", 404)]
    assert wrong_of(windows, cookies, pages, axe) == {}
