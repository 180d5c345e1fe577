"""The two faces of a media plan, read back from the very PDF; no secret on the client's (7)."""

from datetime import date

import pytest

from agency.common.pdf import text_of
from archives.storage import read_file
from budgets.papers.plan import plan_client, plan_internal
from budgets.sums import plan_totals
from jobs.services.sending import print_face
from tests.budgets import plans
from tests.budgets.plan_way import NOW, D, PlanTeam
from tests.jobs.make import make_supplier
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
OWNER = "Geheim Medien"
# 15 % of the media prices, what is left to the owners, and what stands in our notes.
SECRETS = ("73,375.88", "29,700.00", "415,796.62", "168,300.00", OWNER, "innen-notiz", "15%")


@pytest.fixture
def team():
    return PlanTeam(code="LM", paper_language="both")


def planted(team, **head):
    """The worked example, full of what only we may know."""
    owner = make_supplier(OWNER)
    lines = [{**line, "supplier": owner} for line in plans.EXAMPLE]
    return team.draft(lines, note_internal="innen-notiz", note_client="No production.", **head)


@pytest.fixture
def sent(team):
    return team.sent(planted(team))


def test_the_client_face_holds_every_figure_and_no_secret(sent):
    text = text_of(read_file(sent.client_document.sha256))
    figures = ("360,000.00", "198,000.00", "233,550.00", "57,622.50", "821,245.00", "489,172.50",
               "29,350.35", "518,522.85", "40.4%", "2026-11")  # fmt: skip
    assert [figure for figure in figures if figure not in text] == []
    for secret in SECRETS:
        assert secret not in text
        assert squeezed(secret) not in squeezed(text)
    assert "No production." in text
    assert sent.number in text


def test_the_internal_face_holds_them_all(sent):
    text = text_of(read_file(sent.internal_document.sha256))
    figures = (*SECRETS, "518,522.85", "198,000.00")
    assert [figure for figure in figures if figure not in text] == []


def test_on_top_the_client_sees_the_commission_he_pays(team):
    plan = planted(team, mode="on_top")
    face = plan_client(plan, "LM/MP/2026/001", NOW)
    assert (face["commission_on_top"], face["rate_on_top"]) == ("73,375.88", "15%")
    assert (face["net"], face["vat"], face["total"]) == ("562,548.38", "33,752.90", "596,301.28")


def test_with_a_fee(team):
    plan = planted(team, service_fee_rate=D("0.03"))
    face = plan_client(plan, "LM/MP/2026/001", NOW)
    assert (face["fee"], face["fee_rate"], face["commission_on_top"]) == ("14,675.18", "3%", "")
    assert (face["net"], face["total"]) == ("503,847.68", "534,078.54")
    assert face["capitals"] == "人民币伍拾叁万肆仟零柒拾捌元伍角肆分"


def test_each_owner_gets_his_part(team):
    plan = planted(team)
    face = plan_internal(plan, "LM/MP/2026/001", NOW)
    assert face["owners"] == [{"name": OWNER, "payable": "415,796.62"}]
    assert face["income"] == "73,375.88"
    assert plan_totals(plan.lines.all(), plan.mode, plan.vat_rate).payable == plan.payable


def test_the_calendar_adds_runs_of_a_month_and_breaks_after_twelve(team):
    months = [date(2026 + number // 12, number % 12 + 1, 1) for number in range(13)]
    lines = [{"month": month, "runs": 2} for month in months]
    plan = team.draft([*lines, {"month": months[0], "runs": 1, "bonus_runs": 3}])
    first, last = plan_client(plan, "", NOW)["calendars"]
    assert first["rows"][0]["cells"] == ["3 + 3", *["2"] * 11]
    assert (last["months"], last["rows"][0]["cells"]) == (["2027-01"], ["2"])
    assert first["prices"][:2] == ["3,000.00", "2,000.00"]


def test_the_period_of_a_plan(team):
    plan = team.draft([{"month": date(2026, 3, 1)}, {"month": date(2026, 11, 1)}])
    assert plan_client(plan, "", NOW)["period"] == "2026-03 – 2026-11"


@pytest.mark.parametrize("face", ["client", "internal"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_prints_in_each_language(face, language):
    team = PlanTeam(paper_language=language)
    word = {"zh": "媒介计划", "en": "Media Plan"}[language]
    assert word in text_of(print_face(planted(team), face, NOW))
