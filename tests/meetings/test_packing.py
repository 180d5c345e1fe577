"""The whole pack as one file: its cover says what stands where and what lacks (R7)."""

import io
import zipfile
from datetime import timedelta

import pytest

from agency.common.pdf import text_of
from archives.kinds import Kind
from archives.storage import FileMissing, the_store
from meetings import packing, services
from tests.archives.papers import make_document
from tests.builders import from_kept, make_user, when
from tests.common.test_merging import BROKEN, pdf_of, widths
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R7"), pytest.mark.papers]
AT = when("2026-11-18 09:00")
START, END = "2026-11-19 15:00", "2026-11-19 16:00"
A4 = 595


def make_kept():
    ae = make_user("ae")
    client, contact = make.make_account(ae, code="LM", paper_language="both")
    report = make_document(client, content=pdf_of(100, 110), title="会晤报告 媒介评审")
    plan = make.plan(client, ae, START, END, [ae, contact], at=AT)
    reason = "Nothing is on air this month."
    item = plan.preparations.get(kind="ads")
    services.set_not_needed(item=item, reason=reason, by=ae, at=AT)
    return {"ae": ae, "customer": client, "plan": plan, "report": report}


ae, customer, plan, report = from_kept("ae", "customer", "plan", "report")


def put(plan, kind, by, *papers):
    item = plan.preparations.get(kind=kind)
    return services.attach(item=item, documents=papers, by=by, at=AT)


def file(customer, content, name="paper.pdf", **fields):
    return make_document(customer, Kind.OTHER, content=content, name=name, **fields)


def lines(pdf):
    return [" ".join(line.split()) for line in text_of(pdf).splitlines()]


def test_the_cover_stands_in_front_of_the_papers(plan, ae):
    assert widths(packing.pack_pdf(plan, ae, AT)) == [A4, 100, 110]


def test_the_cover_says_at_which_page_each_begins(plan, customer, ae):
    script = file(customer, pdf_of(120), title="Film script")
    put(plan, "references", ae, script)
    text = " ".join(lines(packing.pack_pdf(plan, ae, AT)))
    assert "媒介评审 2026-11-19 2" in text
    assert "Film script 2026-11-19 4" in text


def test_the_cover_names_what_lacks_and_what_is_not_needed(plan, ae):
    text = text_of(packing.pack_pdf(plan, ae, AT))
    assert "Nothing is on air this month." in text
    assert text.count("still open") == 3


@pytest.mark.parametrize("content", [BROKEN, b"plain lines"])
def test_what_is_no_sound_pdf_is_named_and_stays_in_the_zip(plan, customer, ae, content):
    name = "script.txt" if content.startswith(b"plain") else "script.pdf"
    put(plan, "work", ae, file(customer, content, name, title="Film script"))
    pdf = packing.pack_pdf(plan, ae, AT)
    assert widths(pdf) == [A4, 100, 110]
    assert "Film script" in text_of(pdf)
    assert "in the ZIP" in " ".join(lines(pdf))


def test_a_long_list_takes_two_pages_and_counts_from_the_third(plan, customer, ae):
    many = [file(customer, pdf_of(120), title=f"Script {number}") for number in range(20)]
    for kind in ("work", "references"):
        put(plan, kind, ae, *many)
    pdf = packing.pack_pdf(plan, ae, AT)
    cover = widths(pdf).count(A4)
    assert cover == 2
    row = next(line for line in lines(pdf) if "媒介评审" in line and line.endswith(" 3"))
    assert row


def test_a_paper_in_two_places_is_merged_once(plan, customer, ae, report):
    put(plan, "work", ae, report)
    assert widths(packing.pack_pdf(plan, ae, AT)) == [A4, 100, 110]


def test_an_empty_pack_is_its_cover(plan, ae, report):
    item = plan.preparations.get(kind="last_report")
    services.detach(item=item, document=report, by=ae, at=AT)
    assert widths(packing.pack_pdf(plan, ae, AT)) == [A4]


def test_what_is_too_large_to_merge_is_named(plan, customer, ae):
    big = file(customer, pdf_of(*[120] * 40), title="Huge film")
    put(plan, "work", ae, big)
    pdf = packing.pack_pdf(plan, ae, AT, most=big.size - 1)
    assert widths(pdf) == [A4, 100, 110]
    assert "Huge film" in text_of(pdf)


def test_a_paper_that_has_gone_gives_no_half_pack(plan, ae, report):
    path = the_store().root / report.sha256[:2] / report.sha256
    aside = path.rename(path.with_suffix(".aside"))
    for make_file in (packing.pack_pdf, packing.pack_zip):
        with pytest.raises(FileMissing):
            make_file(plan, ae, AT)
    aside.rename(path)


def names_in(plan, user):
    with packing.pack_zip(plan, user, AT) as out, zipfile.ZipFile(out) as archive:
        return archive.namelist()


def test_the_zip_has_a_folder_for_each_kind(plan, customer, ae):
    put(plan, "work", ae, *(file(customer, pdf_of(size), f"s{size}.pdf") for size in (120, 130)))
    assert names_in(plan, ae) == [
        "00.pdf",
        "01 Last contact report/01 paper.pdf",
        "03 Work in progress, TV scripts/01 s130.pdf",
        "03 Work in progress, TV scripts/02 s120.pdf",
    ]


def test_the_zip_gives_the_bytes_as_they_were_filed(plan, ae):
    with packing.pack_zip(plan, ae, AT) as out:
        archive = zipfile.ZipFile(io.BytesIO(out.read()))
    body = archive.read("01 Last contact report/01 paper.pdf")
    assert widths(body) == [100, 110]
    assert widths(archive.read("00.pdf")) == [A4]


@pytest.mark.rule("R78")
def test_a_department_gets_its_kinds_only(plan, customer, ae):
    put(plan, "budget", ae, make_document(customer, Kind.BUDGET_FORM, title="Year 2026"))
    media = make_user(role="department", department="media")
    assert names_in(plan, media) == ["00.pdf"]
    assert "Year 2026" not in text_of(packing.pack_pdf(plan, media, AT))
    assert "Year 2026" in text_of(packing.pack_pdf(plan, ae, AT))


def test_who_has_left_the_client_gets_nothing_of_it(plan, ae, customer):
    customer.assignments.filter(user=ae).update(ends_on=AT.date() - timedelta(days=1))
    assert [place.papers for place in packing.places(plan, ae, AT)] == [[]] * 10
