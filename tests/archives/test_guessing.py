"""What a file seems to be, by its name and its first words (R38): a proposal."""

from datetime import date

import pytest

from archives.guessing import Guess, Known, guess

LM = Known(1, "LM", ("绿麦食品", "greenwheat foods", "麦香"))
YL = Known(2, "YL", ("驭澜汽车",))
TODAY = date(2026, 11, 19)


def guessed(name, text=""):
    return guess(name, text, [LM, YL], TODAY)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("绿麦 年度合同.pdf", "contract"),
        ("Service Agreement 2026.docx", "contract"),
        ("印刷报价单.xlsx", "supplier_quote"),
        ("supplier_bill_0423.pdf", "supplier_bill"),
        ("回传签字页.jpg", "return_proof"),
        ("VI手册.pdf", "ad_guideline"),
        ("竞品 投放.png", "competitor_file"),
        ("scan0001.pdf", ""),
        ("billboard.jpg", ""),
    ],
)
def test_the_kind_is_what_the_name_calls_it(name, kind):
    assert guessed(name).kind == kind


@pytest.mark.parametrize("written", ["LM-26-014", "lm26014", "LM_26_014", "lm/26/014"])
def test_a_job_number_in_any_spelling_gives_job_and_client(written):
    found = guessed("scan.pdf", f"Our job {written} of spring")
    assert (found.job_number, found.client) == ("LM-26-014", 1)


def test_a_number_of_nobody_one_serves_is_none():
    assert guessed("QL-26-014.pdf") == Guess()


def test_the_client_is_named_by_its_longest_name_or_its_code():
    assert guessed("驭澜汽车 报价.pdf").client == 2
    assert guessed("notes yl.txt").client == 2
    assert guessed("stylish.txt").client is None
    assert guessed("x.pdf", "致：绿麥食品").client == 1


@pytest.mark.parametrize(
    "written", ["20260305", "2026-03-05", "2026.3.5", "2026年3月5日", "2026_03_05"]
)
def test_the_day_is_read_as_it_is_written(written):
    assert guessed(f"contract {written}.pdf").dated_on == date(2026, 3, 5)


@pytest.mark.parametrize("written", ["20261345", "20991231", "19010101", "1234567890123"])
def test_no_day_and_a_day_to_come_are_no_day(written):
    assert guessed(f"a {written}.pdf").dated_on is None


def test_the_name_counts_before_the_text():
    found = guessed("报价 20260101.pdf", "合同 2025-12-31")
    assert (found.kind, found.dated_on) == ("supplier_quote", date(2026, 1, 1))
