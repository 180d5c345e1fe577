"""The two faces of the quarterly report, read back; no secret on the client's (7)."""

import io

import pytest
from django.template.loader import render_to_string
from PIL import Image
from pypdfium2 import PdfDocument

from agency.common.pdf import preview_pages, render, text_of
from archives.papers_quarterly import quarterly_client, quarterly_internal
from archives.services import quarterly
from archives.services.quarterly_issue import print_face, sign_and_issue
from archives.storage import read_file
from tests.archives import quarters
from tests.archives.papers import make_document
from tests.archives.quarters import IN_TIME, LATE, TEXTS, see
from tests.builders import from_kept
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers, pytest.mark.rule("R49")]
report = from_kept("report")[0]
LATE_WHY = "grund-der-verspaetung"
SECRETS = ("innen-notiz", LATE_WHY, "was-vorher-stand", "Seen by hand")
RED = (200, 30, 40)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (300, 200), RED).save(file, "PNG")
    return file.getvalue()


def make_kept():
    """A report full of what only we may know, its competitor shown by a red picture."""
    world = quarters.make_world(paper_language="both")
    client, ae, am = world["client"], world["ae"], world["am"]
    type(ae).objects.filter(pk=ae.pk).update(name="Lin")
    paper = make_document(client, kind="competitor_file", content=picture(), name="film.png")
    see(world["rival"], world["ad"], document=paper)
    report = quarters.submitted(client, ae, market="was-vorher-stand", note_internal="innen-notiz")
    report = quarterly.correct_quarterly(report=report, typed=TEXTS, by=am, at=IN_TIME)
    return {"report": sign_and_issue(report=report, by=am, at=LATE, late_reason=LATE_WHY)}


def test_the_client_face_holds_all_parts_and_no_secret(report):
    text = squeezed(text_of(read_file(report.document.sha256)))
    for words in ("LM/QR/2026/001", *TEXTS.values(), "Gold Millet", "1,200,000.00", "CCTV-1"):
        assert squeezed(words) in text
    assert not [words for words in SECRETS if squeezed(words) in text]


def test_the_internal_face_holds_what_only_we_may_know(report):
    text = squeezed(text_of(read_file(report.internal_document.sha256)))
    assert not [words for words in SECRETS[:3] if squeezed(words) not in text]


def test_a_picture_is_shown_as_a_picture(report):
    (page, *_rest) = preview_pages(print_face(report, "client", LATE))
    colours = Image.open(io.BytesIO(page)).convert("RGB").getcolors(1 << 20)
    assert sum(count for count, colour in colours if colour == RED) > 1000


def edges(page, words):
    """(left, right) of the words where they first stand on the page, in points."""
    text = page.get_textpage()
    start, count = text.search(words).get_next()
    return text.get_charbox(start)[0], text.get_charbox(start + count - 1)[2]


@pytest.mark.parametrize("name", ["account-mana", "Maximiliana-Konstantinopolskaya"])
def test_a_long_name_stays_in_its_own_column(report, settings, name):
    settings.FAULT = ""
    authors = {"authors": [{"name": name, "role": "am"}]}
    pdf = render("archives/pdf/quarterly_client.html", face_in(report, "both") | authors)
    with PdfDocument(pdf) as paper:
        assert edges(paper[0], "Manager")[1] < edges(paper[0], "发出")[0]
        assert edges(paper[0], "投放估计")[1] < edges(paper[0], "CNY")[0]


# --- the plain data -----------------------------------------------------------------------------


def face_in(report, language, face=quarterly_client):
    report.client.paper_language = language
    return face(report, LATE)


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_it_speaks_the_language_of_the_clients_papers(report, language):
    html = render_to_string("archives/pdf/quarterly_client.html", face_in(report, language))
    assert ("市场及竞争季报" in html) is (language != "en")
    assert ("Q3 2026" in html) is (language == "en")
    assert ("2026 年第 3 季度" in html) is (language != "en")


def test_where_nothing_was_seen_it_says_so_and_no_more(report):
    row = report.rows.get()
    row.nothing_seen = True
    row.save()
    html = render_to_string("archives/pdf/quarterly_client.html", face_in(report, "en"))
    assert "Nothing was seen of it this quarter." in html
    assert "1,200,000.00" not in html


def test_the_client_face_has_no_key_of_the_inside(report):
    client, internal = quarterly_client(report, LATE), quarterly_internal(report, LATE)
    assert set(internal) - set(client) == {"internal", "corrections", "seen_of_market"}
    (outside,), (inside,) = ([row["evidence"] for row in face["competitors"]]
                             for face in (client, internal))  # fmt: skip
    assert set(inside[0]) - set(outside[0]) == {"by"}


def test_who_signed_stands_on_it_and_who_gets_it(report):
    face = quarterly_client(report, LATE)
    assert [row["as"] for row in face["signers"]] == ["ae", "am"]
    assert [row["name"] for row in face["distribution"]] == ["何嘉宁"]


def test_only_contacts_who_get_reports_are_on_the_list(report):
    report.client.contacts.update(gets_reports=False)
    assert quarterly_client(report, LATE)["distribution"] == []


def test_pictures_come_first_and_what_has_none_is_told_below(report):
    row = report.rows.get()
    bare = row.observations.get()
    bare.pk, bare.document, bare.form_key, bare.text = None, None, None, "Seen on a shelf"
    bare.save()
    row.observations.add(bare)
    (one,) = quarterly_client(report, LATE)["competitors"]
    assert [seen["text"] for seen in one["pictured"]] == ["New film on air"]
    assert [seen["text"] for seen in one["told"]] == ["Seen on a shelf"]
