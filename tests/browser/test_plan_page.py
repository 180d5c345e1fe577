"""The plan in a browser: each page clean at the desk and on the phone; a bar dragged by days."""

from datetime import date

import pytest
from django.core import signing

from agency import links
from archives.models import Dispatch
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from tests.browser.test_every_page import wrong_of
from tests.builders import make_client, make_contact
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def current(ae, am, ad):
    customer = make_client("LM", team=[ae, am, ad], name="Greenwheat Foods")
    job = make.make_job(customer, ae, approved_by=am)
    rows = [
        {"name": "Sketch", "starts_on": date(2026, 12, 1), "due_on": date(2026, 12, 3)},
        {"name": "Samples", "owner": "client", "contact": make_contact(customer),
         "client_visible": True, "due_on": date(2026, 12, 8)},
    ]  # fmt: skip
    return publish_timeline(
        timeline=make.make_timeline(job, state="draft", rows=rows), by=ae, at=NOW
    )


@pytest.fixture
def draft(current, ae):
    return draft_timeline(job=current.job, by=ae, at=NOW)


@pytest.fixture
def cookies(client, ae, current):
    """The AE signed in, and the contact's link opened in the same browser."""
    client.force_login(ae)
    link = Dispatch.objects.get(document=current.client_document).link
    client.cookies[links.COOKIE] = signing.dumps([link.pk], salt=links.SALT)
    return {key: found.value for key, found in client.cookies.items()}


def test_pages_of_a_plan_are_clean(windows, live_server, axe, cookies, current, draft):
    link = Dispatch.objects.get(document=current.client_document).link
    row = current.milestones.first()
    pages = [
        (current.get_absolute_url(), 200),
        (f"{current.get_absolute_url()}?face=client", 200),
        (f"/jobs/timelines/{draft.pk}/edit/", 200),
        (f"/jobs/timelines/{draft.pk}/publish/", 200),
        (f"/jobs/milestones/{row.pk}/", 200),
        ("/jobs/templates/", 200),
        (f"/c/link/{link.pk}/", 200),
    ]
    assert wrong_of(windows, cookies, pages, axe) == {}


def test_a_bar_dragged_and_a_date_typed_come_to_the_same(page, live_server, cookies, draft):
    values = [{"name": key, "value": found, "url": live_server.url}
              for key, found in cookies.items()]  # fmt: skip
    page.context.add_cookies(values)
    page.goto(f"/jobs/timelines/{draft.pk}/edit/")
    bar = page.locator("[data-bar='0']")
    box = bar.bounding_box()
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 2 * 26, down, steps=4)
    page.mouse.up()
    assert page.locator("[name=rows-0-due_on]").input_value() == "2026-12-05"
    page.locator("[name=rows-1-due_on]").fill("2026-12-10")
    page.get_by_role("button", name="Save the draft").click()
    page.wait_for_url(f"**/jobs/timelines/{draft.pk}/")
    dragged, typed = draft.milestones.all()
    assert (dragged.starts_on, dragged.due_on) == (date(2026, 12, 3), date(2026, 12, 5))
    assert typed.due_on == date(2026, 12, 10)
