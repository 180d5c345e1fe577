"""The same figures read back from a page, a paper and a sheet, as text to be compared."""

import io
import re

from django.test import override_settings
from django.urls import reverse
from openpyxl import load_workbook

from agency.common.pdf import text_of
from agency.common.wording import sum_text
from budgets.services.budget import print_budget
from budgets.services.monthly import draft_monthly
from budgets.years import month_at, next_month
from tests.budgets.history_world import YEAR
from tests.pdfs import squeezed

NOTHING = "0.00"


def year_faces(browser, client):
    """(standing, months of the page, months of the sheet): rows of figures of the year."""
    url = reverse("budgets:client_year", args=[client.pk, YEAR])
    page = read(browser, url)
    standing = [row[:4] for row in table(page, "Where does each amount stand?")]
    return standing, table(page, "The year by month"), sheet(browser, f"{url}?format=xlsx", 2)


def monthly_faces(browser, client, at):
    """Of the draft of the last month over: (its row, its three tables, the words of both faces)."""
    report = draft_monthly(client=client, month=next_month(month_at(client, at), -1), at=at)
    page, url = (
        read(browser, report.get_absolute_url()),
        reverse("budgets:monthly_pdf", args=[report.pk]),
    )
    jobs = [row[:3] for row in table(page, "Jobs behind the figures") if set(row[:4]) != {NOTHING}]
    pots = [row[:4] for row in table(page, "Budget at the cut-off")]
    papers = [paper(browser, f"{url}?face={face}") for face in ("client", "internal")]
    return report, [*pots, *table(page, "Twelve months"), *jobs], papers


def form_faces(browser, client, at):
    """Of the budget in force: (rows of the page, of the sheet, the words of the paper)."""
    budget = client.budgets.authorised().get(year=YEAR)
    page = table(read(browser, budget.get_absolute_url()), "Sheet by month")
    url = reverse("budgets:budget_xlsx", args=[budget.pk])
    lines = [[*months, year] for year, *months in sheet(browser, url, 2)]
    with override_settings(FAULT=""):
        return page, lines, words(print_budget(budget, "LM/BF/2026/001", at))


def read(browser, url):
    return browser.get(url).content.decode()


def table(page, label):
    """Figures of each row of the table that bears the label."""
    part = page.split(f'aria-label="{label}"', 1)[1].split("</table>", 1)[0]
    rows = [re.findall(r'<td class="money[^>]*>(.*?)</td>', row, re.S) for row in part.split("<tr")]
    return [[figure(cell) for cell in row] for row in rows if row]


def figure(cell):
    """A dash is nothing; a whole sum has its cents."""
    text = re.sub(r"<span.*|<[^>]+>", "", cell, flags=re.S).strip().replace("–", NOTHING)
    return text if "." in text else f"{text}.00"


def sheet(browser, url, before):
    """Figures of each row under the head, after so many columns of words."""
    rows = list(load_workbook(io.BytesIO(browser.get(url).content)).active.values)
    head = next(place for place, row in enumerate(rows) if "Category" in row)
    return [[sum_text(cell or 0) for cell in row[before:]] for row in rows[head + 1 :]]


def paper(browser, url):
    with override_settings(FAULT=""):
        return words(browser.get(url).content)


def words(content):
    return squeezed(text_of(content)).replace("–", NOTHING)


def missing(rows, text):
    """The rows whose figures do not stand next to one another in the paper."""
    return [row for row in rows if squeezed("".join(row)) not in text]
