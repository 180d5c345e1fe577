"""Jobs that bear the words of a question (9.3)."""

import pytest

from archives.search.question import read
from jobs.reports.found import jobs
from tests.builders import from_kept, make_brand, make_client, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
ae, creative = from_kept("ae", "creative")


def make_kept():
    ae = make_user()
    creative = make_user(role="department", department="creative")
    customer = make_client("LM", name="绿麦食品", team=[ae, creative])
    brand = make_brand(customer, name="脆谷")
    ordered = make.make_job(customer, ae, title="冬季海报", number="LM-26-031", brand=brand)
    make.make_order(ordered, kind="creative")
    make.make_job(customer, ae, title="冬季陈列", number="LM-26-032", po_number="PO-7781")
    return {"ae": ae, "creative": creative}


def found(words, user):
    wanted = jobs(read(words), user, NOW)
    return [wanted.told(row) for row in wanted.rows]


def codes(words, user):
    return {row.code for row in found(words, user)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("冬季", {"LM-26-031", "LM-26-032"}),
        ("冬季 海报", {"LM-26-031"}),
        ("冬季 -海报", {"LM-26-032"}),
        ("脆谷", {"LM-26-031"}),
        ("绿麦", {"LM-26-031", "LM-26-032"}),
        ("po-7781", {"LM-26-032"}),
        ("26032", {"LM-26-032"}),
        ("LM/26/032", {"LM-26-032"}),
        ("夏季", set()),
    ],
)
def test_a_job_is_found_by(words, found, ae):
    assert codes(words, ae) == found


def test_a_department_finds_the_jobs_it_has_work_on(creative):
    assert codes("冬季", creative) == {"LM-26-031"}


def test_a_row_says_whose_it_is_and_how_it_stands(ae):
    (row,) = found("海报", ae)
    assert row.name == "冬季海报"
    assert row.about == "绿麦食品 · Approved"
    assert row.address.startswith("/jobs/")
