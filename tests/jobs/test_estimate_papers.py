"""The two faces of an estimate, read back from the very PDF; no secret on the client's (7)."""

import pytest
from django.core import signing as django_signing
from django.urls import reverse

from accounts.models import ClientLink
from agency import links
from agency.common.models import OutboxMail
from agency.common.pdf import text_of
from archives.models import Document
from archives.storage import read_file
from jobs.papers.estimate import estimate_client, estimate_internal
from jobs.services.chain import approve
from jobs.services.sending import print_estimate, send_estimate
from tests.jobs import make
from tests.jobs.way import LINES, NOW, D, Team, sign
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
# Planted where the client must never read them.
SECRETS = ("7777.77", "7,777.77", "Geheim Druck", "61.23%", "0.6123", "innen-notiz", "grund-ohne")
SUPPLIER = "Geheim Druck"


@pytest.fixture
def team():
    return Team(code="LM", paper_language="both")


def planted(team):
    """An estimate full of what only we may know."""
    supplier = make.make_supplier(SUPPLIER)
    secret = {
        "group": "Print", "text": "Posters", "unit": "pcs", "quantity": D("3"),
        "unit_cost": D("7777.77"), "markup_rate": D("0.6123"), "supplier": supplier,
    }  # fmt: skip
    return team.draft(
        lines=(*LINES, secret), note_internal="innen-notiz", quotes_reason="grund-ohne-angebote",
        note_client="No models' fees.",
    )  # fmt: skip


@pytest.fixture
def sent(team):
    return team.sent(planted(team))


def test_the_client_face_holds_every_figure_and_no_secret(sent):
    text = text_of(read_file(sent.client_document.sha256))
    for figure in ("29,412.50", "7,126.43", "7,270.77", "6,000.00"):
        assert figure in text
    for secret in SECRETS:
        assert secret not in text
        assert squeezed(secret) not in squeezed(text)
    assert "No models' fees." in text
    assert sent.number in text


def test_the_internal_face_holds_them_all(sent):
    text = text_of(read_file(sent.internal_document.sha256))
    for secret in ("7,777.77", SUPPLIER, "61.23%", "innen-notiz", "grund-ohne"):
        assert squeezed(secret) in squeezed(text)
    assert "内部文件" in text or "Internal" in text


def test_no_secret_in_the_mail_either(sent):
    mail = OutboxMail.objects.get(kind="client_paper")
    for secret in SECRETS:
        assert secret not in mail.text + mail.subject
    assert [one["sha256"] for one in mail.attachments] == [sent.client_document.sha256]


def test_no_secret_in_the_page_of_the_link(sent, client):
    page = opened(client, sent).get(link_page(sent)).content.decode()
    assert "29,412.50" in page
    for secret in SECRETS:
        assert secret not in page


def link_page(estimate):
    link = ClientLink.objects.of(estimate.client_document).latest("pk")
    return reverse("link_page", args=[link.pk])


def opened(browser, estimate):
    link = ClientLink.objects.of(estimate.client_document).latest("pk")
    browser.cookies[links.COOKIE] = django_signing.dumps([link.pk], salt=links.SALT)
    return browser


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_worked_example_on_paper(team, language):
    team.client.paper_language = language
    team.client.save()
    row = team.approved()
    row.job.refresh_from_db()
    face = text_of(print_estimate(row, "client", NOW))
    for figure in ("49,809.70", "2,490.49", "52,300.19", "2,701.77", "945.20", "55,947.16"):
        assert figure in face
    assert "人民币伍万伍仟玖佰肆拾柒元壹角陆分" in squeezed(face)
    inside = text_of(print_estimate(row, "internal", NOW))
    for figure in ("40,837.31", "8,972.39", "18%", "55,947.16"):
        assert figure in inside


def test_a_unit_price_only_where_it_is_exact(team):
    data = estimate_client(team.submitted(), "LM/PE/2026/001", NOW)
    found = [line["unit_price"] for group in data["groups"] for line in group["lines"]]
    assert found == ["14,706.25", "–", "–", "2,000.00"]


def test_options_stand_apart_and_count_nowhere(team):
    option = {"text": "Making-of", "unit": "film", "quantity": D("1"), "unit_cost": D("8400"),
              "markup_rate": D("0"), "is_optional": True, "chosen": False}  # fmt: skip
    row = team.submitted(lines=(*LINES, option))
    data = estimate_client(row, row.number, NOW)
    assert [(line["no"], line["price"]) for line in data["options"]] == [("甲", "8,400.00")]
    assert data["total"] == "55,947.16"


def test_the_data_of_the_client_face_name_no_cost(team):
    """The client's data function never receives a forbidden field (7)."""
    row = team.approved(planted(team))
    data = repr(estimate_client(row, row.number, NOW))
    for secret in SECRETS:
        assert secret not in data
    words = repr(estimate_internal(row, row.number, NOW))
    assert SUPPLIER in words


def test_who_approved_stands_under_it(sent, team):
    data = estimate_client(sent, sent.number, NOW)
    assert [row["who"]["name"] for row in data["signatures"]] == [team.am.name, team.ad.name]


def test_a_currency_without_capitals(team):
    row = team.draft(currency="EUR")
    assert estimate_client(row, "", NOW)["capitals"] == ""


def test_page_paper_mail_and_database_to_the_cent(team):
    """Half-cent lines: 3 × 33.335 is 100.01; the same text everywhere (Z5)."""
    line = {"text": "Odd", "unit": "x", "quantity": D("3"), "unit_cost": D("33.335"),
            "markup_rate": D("0")}  # fmt: skip
    row = team.sent(lines=(line,), contingency_rate=D("0"))
    assert (row.subtotal, row.vat, row.total) == (D("100.01"), D("6.00"), D("106.01"))
    assert "106.01" in text_of(read_file(row.client_document.sha256))
    assert "106.01" in OutboxMail.objects.get(kind="client_paper").text


def test_the_trail_is_filed_beside_it(sent, team):
    kept = sign(sent)
    trail = Document.objects.get(pk=kept.trail_id)
    text = text_of(read_file(trail.sha256))
    assert sent.client_document.sha256 in squeezed(text)
    assert "何嘉宁" in text
    assert [row.job_number for row in trail.job_numbers.all()] == [team.job.number]


def test_what_was_previewed_is_what_is_sent(team):
    """Only the last day is not known before it is sent."""
    row = approve(paper=team.manager_ok(), step="director", by=team.ad, at=NOW)
    before = estimate_client(row, row.number, NOW)
    row = send_estimate(estimate=row, contact=team.signer, by=team.ae, at=NOW)
    after = estimate_client(row, row.number, NOW)
    differ = {key for key in after if after[key] != before[key]}
    assert differ == {"valid_until", "signer"}
