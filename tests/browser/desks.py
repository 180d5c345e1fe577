"""People at their desks and on their phones: what the journeys through a browser share."""

import re
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from agency.common.sender import send_due

LINK = re.compile(r"/c/[\w-]{43}/")
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
PHONE = {"width": 390, "height": 844}
PRIMARY = "main form button.btn-primary"
# A page that prints two papers takes its time on a busy machine.
WAIT = 60_000


def watched(context):
    """A page whose faults are remembered."""
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda line: line.type == "error" and page.faults.append(line.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    return page


def session_of(user):
    """The cookie of a session of one's own, whatever it is called."""
    client = Client()
    client.force_login(user)
    return next((key, found.value) for key, found in client.cookies.items() if "session" in key)


def press(page, selector=PRIMARY):
    click(page, selector)


def follow(page, end):
    """The first link of the page that ends so; nobody types an address."""
    click(page, f"main a[href$='{end}']")


def click(page, selector):
    """A click is done when the page it leads to has begun; it is read whole only later."""
    page.locator(selector).first.click()
    page.wait_for_load_state("domcontentloaded")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def link_for(contact, smtp):
    """The address in the newest mail to the contact, as the sender has filled it in."""
    return LINK.search(newest(contact, smtp)).group()


def code_for(contact, smtp):
    """The six digits in the newest mail to the contact."""
    return CODE.search(newest(contact, smtp)).group()


def newest(contact, smtp):
    send_due()
    return smtp.to(contact.email)[-1].message.get_body(("plain",)).get_content()


def sign_by_link(phone, contact, smtp):
    """The contact opens the link of the mail, types the name and the mailed code."""
    form = "form:has(input[value=sign])"
    phone.locator(f"{form} [name$=typed_name]").fill(contact.name)
    press(phone, f"{form} button.btn-primary")
    phone.locator(f"{form} [name$=code]").fill(code_for(contact, smtp))
    press(phone, f"{form} button.btn-primary")


def zone_of_noon():
    """A zone in which the day is in its middle now, whenever the test runs."""
    ahead = 12 - timezone.now().astimezone(ZoneInfo("UTC")).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"
