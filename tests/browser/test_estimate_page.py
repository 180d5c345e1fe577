"""The desk of an estimate's draft in a browser: typed with the keyboard, summed by the server."""

from decimal import Decimal

import pytest
from django.utils import timezone

from jobs.models import Estimate, EstimateLine
from jobs.services import estimate as service
from jobs.services import lines
from tests.browser.test_every_page import WIDE
from tests.browser.windows import DESK, put_down
from tests.builders import make_client
from tests.jobs import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = Decimal


@pytest.fixture
def draft(ae, am):
    job = make.make_job(make_client(name="Greenwheat Foods", team=[ae, am]), ae, approved_by=am)
    make.make_brief(job)
    poster = make.make_deliverable(job)
    draft = service.draft_estimate(job=job, by=ae, at=timezone.now())
    for data in (
        {"group": "Shooting", "text": "Photographer", "quantity": D(2), "unit": "days",
         "unit_cost": D(12500), "deliverable": poster},
        {"group": "Retouching", "text": "Retouching", "quantity": D(7), "unit": "pictures",
         "unit_cost": D("865.33")},
        {"group": "Film", "text": "Cut of 15 seconds", "unit": "pcs", "unit_cost": D(7480),
         "is_optional": True, "chosen": False},
    ):  # fmt: skip
        lines.save_line(estimate=draft, data=data, by=ae, at=timezone.now())
    return draft


@pytest.fixture
def desk(page, live_server, client, ae, draft):
    """The page of the draft, the AE signed in."""
    client.force_login(ae)
    values = [{"name": key, "value": found.value, "url": live_server.url}
              for key, found in client.cookies.items()]  # fmt: skip
    page.context.add_cookies(values)
    page.set_default_timeout(8000)
    page.goto(f"/jobs/estimates/{draft.pk}/edit/")
    return page


def total(page):
    return page.locator("#sums .total .sum").inner_text()


def rows(page):
    return page.locator("#lines tr[id] th").all_inner_texts()


def test_lines_typed_one_after_the_other(desk, draft):
    new = desk.locator("#new-line")
    assert total(desk) == "38,731.27"
    new.get_by_label("What").fill("Printing")
    new.get_by_label("Group").fill("Print")
    new.get_by_label("Quantity").fill("5000")
    new.get_by_label("Unit", exact=True).fill("copies")
    new.get_by_label("VAT").select_option("13%")
    new.get_by_label("Unit cost").fill("1.2360")
    with desk.expect_response("**/lines/new/"):
        desk.keyboard.press("Enter")
    desk.locator("#lines").get_by_text("Printing").wait_for()
    assert desk.locator("#lines .group").last.inner_text().strip() == "Print"
    assert total(desk) == "46,947.24"
    assert desk.evaluate("document.activeElement.name") == "text"
    desk.keyboard.type("Paper")
    desk.locator("#new-line").get_by_label("Unit cost").fill("10")
    with desk.expect_response("**/lines/new/"):
        desk.keyboard.press("Enter")
    desk.locator("#lines").get_by_text("Paper").wait_for()
    assert list(draft.lines.values_list("text", "group", "unit", "vat_rate"))[3:] == [
        ("Printing", "Print", "copies", D("0.13")), ("Paper", "Print", "copies", D("0.13")),
    ]  # fmt: skip
    assert desk.evaluate(WIDE) == []
    desk.locator("#side").get_by_text("1 line", exact=True).wait_for()


def test_a_line_changed_in_its_place(desk, draft):
    desk.get_by_role("link", name="Change “Retouching”").click()
    field = desk.locator(".line-edit").get_by_label("Quantity")
    field.fill("6")
    with desk.expect_response("**/lines/*/"):
        field.press("Enter")
    desk.locator(".line-edit").wait_for(state="detached")
    assert draft.lines.get(text="Retouching").quantity == 6
    assert total(desk) == "37,652.11"
    assert rows(desk)[1].startswith("Retouching")
    assert desk.evaluate("document.activeElement.textContent") == "Change"


def test_cancelled_change_shows_the_line_as_it_was(desk):
    desk.get_by_role("link", name="Change “Retouching”").click()
    desk.locator(".line-edit").get_by_label("Quantity").fill("6")
    desk.locator(".line-edit").get_by_role("link", name="Cancel").click()
    desk.locator(".line-edit").wait_for(state="detached")
    assert total(desk) == "38,731.27"


def test_new_group_draws_the_table_anew(desk):
    desk.get_by_role("link", name="Change “Retouching”").click()
    field = desk.locator(".line-edit").get_by_label("Group")
    field.fill("Shooting")
    with desk.expect_response("**/lines/*/"):
        field.press("Enter")
    desk.locator(".line-edit").wait_for(state="detached")
    assert [text.strip() for text in desk.locator("#lines .group").all_inner_texts()] == [
        "Shooting", "Film",
    ]  # fmt: skip


def test_without_the_script(windows, live_server, client, ae, draft):
    client.force_login(ae)
    page = windows.open(**DESK, java_script_enabled=False)
    page.context.add_cookies(
        [{"name": key, "value": found.value, "url": live_server.url}
         for key, found in client.cookies.items()]
    )  # fmt: skip
    page.set_default_timeout(8000)
    page.goto(f"/jobs/estimates/{draft.pk}/edit/")
    page.get_by_role("link", name="Change “Retouching”").click()
    page.get_by_label("Quantity").fill("6")
    page.get_by_role("button", name="Save line").click()
    assert total(page) == "37,652.11"
    new = page.locator("#new-line")
    new.get_by_label("What").fill("Printing")
    new.get_by_label("Unit", exact=True).fill("pcs")
    new.get_by_label("Unit cost").fill("100")
    new.get_by_role("button", name="Add line").click()
    assert rows(page)[-1].startswith("Printing")
    put_down(page)
    assert EstimateLine.objects.filter(estimate=draft).count() == 4
    assert Estimate.objects.get(pk=draft.pk).editors.count() == 0
