"""150 histories of a client's year through the services: the identity holds after every step."""

import io
import re

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from openpyxl import load_workbook

from agency.common.pdf import text_of
from agency.common.wording import sum_text
from budgets.years import cutoff
from tests.budgets.faces import form_faces, missing, monthly_faces, year_faces
from tests.budgets.histories import ACTS, STEPS_MOST, World, machine
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("R33")]
SETTINGS = settings(
    max_examples=150, stateful_step_count=STEPS_MOST, derandomize=True, database=None,
    deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
HEADS = ("Budget", "Billed", "In execution", "Unexecuted")


def test_the_identity_holds_after_every_step_of_any_history():
    histories = machine(World())
    run_state_machine_as_test(histories, settings=SETTINGS)
    assert [act for act in ACTS if not histories.done[act]] == []


@pytest.mark.rule("R36")
def test_page_pdf_and_sheet_of_five_histories_say_what_the_book_says(monkeypatch):
    looked, faces = [], []

    def look(history):
        """At the director's page, its paper and its sheet, when the history is over."""
        monkeypatch.setattr("agency.common.views.timezone.now", lambda: history.now)
        browser = Client()
        browser.force_login(history.world.ad)
        for category in history.world.budget:
            told = [sum_text(amount) for amount in history.keeper.row(category)]
            looked.append((category, told, *shown(browser, category)))
        faces.append(faces_of(history, browser))

    histories = machine(World(), ended=look, lengths=st.just(8))
    run_state_machine_as_test(histories, settings=settings(SETTINGS, max_examples=5))
    assert len(looked) == 10
    for category, told, page, paper, sheet in looked:
        assert squeezed("".join(told)) in page, category
        assert squeezed("".join(told)) in paper, category
        assert told == sheet, category
    for one in faces:
        same_year(*one["year"])
        same_month(*one["month"])
        same_form(*one["form"])


def faces_of(history, browser):
    """The client's year, its last month and its budget, each as it is shown, printed and saved."""
    client, keeper = history.world.client, history.keeper
    told = [[sum_text(amount) for amount in keeper.row(name)] for name in history.world.budget]
    report, rows, papers = monthly_faces(browser, client, history.now)
    at_its_end = history.read(history.book(), cutoff(client, report.month))
    stood = [[sum_text(amount) for amount in row] for row in at_its_end.values()]
    return {
        "year": (told, *year_faces(browser, client)),
        "month": (stood, rows, papers),
        "form": (told, *form_faces(browser, client, history.now)),
    }


def same_year(told, standing, page, sheet):
    assert sorted(standing[:2]) == sorted(told)
    assert page == sheet
    assert all(amount in [row[-1] for row in sheet] for row in told for amount in row)


def same_month(stood, rows, papers):
    """Both faces bear each row of the page; what stood at the month's end is among them."""
    assert [row for row in stood if row not in rows and set(row) != {"0.00"}] == []
    assert [missing(rows, words) for words in papers] == [[], []]


def same_form(told, page, sheet, words):
    """The page's last row is the sum; the paper has a row for each month."""
    *lines, _total = page
    assert lines == sheet
    assert sorted(row[-1] for row in sheet) == sorted(row[0] for row in told)
    assert missing(zip(*page, strict=True), words) == []


def shown(browser, category):
    """(words of the page, words of the paper, figures of the sheet)."""
    page = browser.get("/budgets/", {"category": category}).content.decode()
    with override_settings(FAULT=""):
        paper = browser.get("/budgets/", {"category": category, "format": "pdf"}).content
    sheet = browser.get("/budgets/", {"category": category, "format": "xlsx"}).content
    words = re.sub(r"<small.*?</small>|<[^>]+>", "", page.split("<main", 1)[1])
    return squeezed(words), squeezed(text_of(paper)), figures_of(sheet)


def figures_of(sheet):
    rows = [list(row) for row in load_workbook(io.BytesIO(sheet)).active.values]
    head = next(row for row in rows if HEADS[0] in row)
    row = rows[rows.index(head) + 1]
    return [sum_text(row[head.index(name)]) for name in HEADS]
