"""The page that finds any paper (R39): hits, counts, what may have been meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.archives.papers import make_document, page
from tests.builders import make_client

FIND = reverse("archives:search")
pytestmark = pytest.mark.rule("R39")


def test_before_anything_is_asked_it_says_what_can_be(at_ae):
    text = page(at_ae.get(FIND))
    assert "Any paper in seconds" in text


def test_a_hit_leads_to_its_paper_and_marks_the_word(at_ae, client_):
    paper = make_document(client_, title="Contract", text="the winter gift box is late")
    text = page(at_ae.get(FIND, {"q": "winter"}))
    assert paper.get_absolute_url() in text
    assert "<mark>winter</mark>" in text


def test_what_stands_in_a_paper_is_shown_as_text(at_ae, client_):
    make_document(client_, title="Contract", text="winter <script>alert(1)</script>")
    text = page(at_ae.get(FIND, {"q": "winter"}))
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


def test_another_clients_paper_is_not_there(at_ae, client_):
    make_document(make_client(name="驭澜汽车"), title="驭澜上市方案")
    answer = at_ae.get(FIND, {"q": "驭澜"})
    assert answer.context["found"].total == 0
    assert answer.context["meant"] == ""


def test_counts_beside_the_hits_narrow_them_and_let_go_again(at_ae, client_):
    make_document(client_, title="礼盒", kind="fax")
    make_document(client_, title="礼盒", kind="memo")
    answer = at_ae.get(FIND, {"q": "礼盒", "kind": "fax"})
    (link,) = [row for facet in answer.context["facets"] for row in facet.links if row[3]]
    assert answer.context["found"].total == 1
    assert at_ae.get(FIND + link[1]).context["found"].total == 2


def test_a_compartment_holds_its_kinds(at_ae, client_):
    make_document(client_, title="礼盒", kind="fax")
    make_document(client_, title="礼盒", kind="ad_file")
    assert at_ae.get(FIND, {"q": "礼盒", "part": "ads"}).context["found"].total == 1


@pytest.mark.parametrize(
    "asked",
    [{"client": "x"}, {"kind": "x"}, {"year": "9" * 30}, {"state": "'"}, {"page": "x"},
     {"page": "-1"}, {"page": "99999999999"}],
)  # fmt: skip
def test_nonsense_narrows_nothing(at_ae, client_, asked):
    make_document(client_, title="礼盒")
    page(at_ae.get(FIND, {"q": "礼盒", **asked}))


def test_more_than_a_page_is_turned(at_ae, client_):
    for number in range(21):
        make_document(client_, title="礼盒", content=b"%%PDF-1.7 %d" % number)
    first = at_ae.get(FIND, {"q": "礼盒"}).context
    second = at_ae.get(FIND + first["after"]).context
    assert (len(first["found"].hits), len(second["found"].hits)) == (20, 1)
    assert (first["before"], second["after"]) == ("", "")
    assert second["found"].total == 21


def test_a_misspelt_code_is_put_right(at_ae, client_):
    code = client_.code
    answer = at_ae.get(FIND, {"q": f"{code}X 礼盒"})
    assert answer.context["meant"] == f"{code} 礼盒"


def test_any_number_of_hits_costs_the_same(at_ae, client_):
    def count():
        with CaptureQueriesContext(connection) as asked:
            at_ae.get(FIND, {"q": "礼盒"})
        return len(asked)

    make_document(client_, title="礼盒")
    count()
    few = count()
    for number in range(5):
        make_document(client_, title="礼盒", content=b"%%PDF-1.7 %d" % number)
    assert count() == few <= 12


def test_the_box_of_the_frame_leads_here(at_ae):
    assert f'action="{FIND}"' in page(at_ae.get("/"))
