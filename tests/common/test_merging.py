"""Several PDFs made one in a process of its own; nothing that is broken stops the rest."""

import io

import pypdfium2
import pytest

from agency.common.pdf import merged, merged_behind, page_counts, text_of
from agency.common.pdf.merging import parts


def pdf_of(*widths):
    """A PDF with a blank page of each width."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for width in widths:
        document.new_page(width, 300)
    document.save(out)
    document.close()
    return out.getvalue()


def widths(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [round(page.get_width()) for page in document]


BROKEN = b"%PDF-1.7\nthis is cut off"


def test_pages_stand_in_the_order_given():
    assert widths(merged([pdf_of(100, 110), pdf_of(200), pdf_of(90)])) == [100, 110, 200, 90]


def test_pages_are_counted_each_by_itself():
    assert page_counts([pdf_of(100), pdf_of(100, 100, 100)]) == [1, 3]


@pytest.mark.parametrize("bad", [BROKEN, b"", b"no pdf at all", b"\x00" * 5000])
def test_what_cannot_be_read_counts_nothing_and_is_left_out(bad):
    assert page_counts([pdf_of(100), bad, pdf_of(120)]) == [1, 0, 1]
    assert widths(merged([pdf_of(100), bad, pdf_of(120)])) == [100, 120]


def test_nothing_makes_nothing():
    assert page_counts([]) == []


def test_one_alone_stays_itself():
    assert widths(merged([pdf_of(150)])) == [150]


def test_the_same_paper_twice_stands_twice():
    paper = pdf_of(130)
    assert widths(merged([paper, paper])) == [130, 130]


def test_what_was_sent_is_taken_apart_where_it_was_joined():
    assert [bytes(part) for part in parts(b"abcdef", [1, 0, 3, 2])] == [b"a", b"", b"bcd", b"ef"]


def test_the_words_of_the_papers_are_still_there():
    assert text_of(merged([pdf_of(100), pdf_of(120)])).count("\f") == 1


def test_a_cover_is_asked_for_when_the_pages_are_known():
    asked = []

    def cover(counts, length):
        asked.append((counts, length))
        return pdf_of(595)

    whole = merged_behind(cover, [pdf_of(100, 110), BROKEN, pdf_of(120)])
    assert (asked, widths(whole)) == ([([2, 0, 1], 1)], [595, 100, 110, 120])


def test_a_cover_of_two_pages_is_asked_for_again():
    asked = []

    def cover(_counts, length):
        asked.append(length)
        return pdf_of(595, 595)

    assert widths(merged_behind(cover, [pdf_of(100)])) == [595, 595, 100]
    assert asked == [1, 2]


@pytest.mark.parametrize("papers", [[], [BROKEN]])
def test_a_cover_alone_stays_as_it_was_printed(papers):
    printed = pdf_of(595)
    assert merged_behind(lambda _counts, _length: printed, papers) == printed


def test_a_cover_that_fails_stops_nobody_else():
    def cover(_counts, _length):
        raise ValueError("no cover")

    with pytest.raises(ValueError, match="no cover"):
        merged_behind(cover, [pdf_of(100)])
    assert widths(merged([pdf_of(100)])) == [100]
