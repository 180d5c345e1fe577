"""The budget sheet in a browser: its pages clean at the desk and on the phone; cells pasted."""

import pytest
from django.urls import reverse

from tests.browser.test_every_page import wrong_of
from tests.budgets.make import make_budget
from tests.builders import make_client
from tests.jobs.make import D

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """([name, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  const facts = {clipboardData: data, bubbles: true, cancelable: true};
  document.querySelector(`[name="${name}"]`).dispatchEvent(new ClipboardEvent("paste", facts));
}"""


@pytest.fixture
def draft(ae, am):
    customer = make_client("LM", team=[ae, am], name="Greenwheat Foods")
    make_budget(customer, media="6000000")
    return make_budget(customer, state="draft", version=2, media="1200", production="2400")


@pytest.fixture
def cookies(client, am, draft):
    client.force_login(am)
    return {key: found.value for key, found in client.cookies.items()}


def address(name, row):
    return reverse(f"budgets:{name}", args=[row.pk])


def test_pages_of_a_budget_are_clean(windows, live_server, axe, cookies, draft):
    names = ("detail", "sheet", "import", "authorise", "compare")
    pages = [(address(f"budget_{name}", draft), 200) for name in names]
    tab = reverse("accounts:client_detail", args=[draft.client_id])
    pages += [(f"{tab}?tab=budget", 200), (reverse("budgets:budget_list"), 200)]
    assert wrong_of(windows, cookies, pages, axe) == {}


def test_cells_pasted_from_a_spreadsheet_are_saved(page, live_server, cookies, draft):
    values = [{"name": key, "value": found, "url": live_server.url}
              for key, found in cookies.items()]  # fmt: skip
    page.context.add_cookies(values)
    page.goto(address("budget_sheet", draft))
    page.evaluate(PASTE, ["rows-0-m11", "1,000.50\t¥2\r\n300\t400\r\n5\t6\r\n7\t8\r\n"])
    assert page.locator("[name=rows-0-amount]").input_value() == "2002.50"
    assert page.locator("[name=rows-3-m12]").input_value() == "8"
    assert page.locator("[data-sum]").first.inner_text() == "4,728.50"
    page.locator("[name=rows-2-category]").select_option("fee")
    page.locator("[name=rows-3-category]").select_option("fee")
    page.locator("[name=rows-3-DELETE]").evaluate("box => { box.checked = true; }")
    page.get_by_role("button", name="Save the sheet").last.click()
    page.wait_for_url(f"**{draft.get_absolute_url()}")
    assert {line.category: line.amount for line in draft.lines.all()} == {
        "media": D("2002.50"), "production": D("2700.00"), "fee": D("11.00"),
    }  # fmt: skip
