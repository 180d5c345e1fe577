import pytest
from django.core.exceptions import ValidationError

from agency.common.errors import Refused
from agency.common.texts import (
    check_reason,
    clean_name,
    closed_up,
    is_reason,
    line_validator,
    plain_validator,
    reason_validator,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "too short",
        "123456789",
        "          ",
        "aaaaaaaaaaaa",
        "啊啊啊啊啊啊啊啊啊啊",
        " 九个字不够的原因 ",
    ],
)
def test_no_reason(text):
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["1234567890", "客户临时改期到下周三", "  the client was ill  "])
def test_reason_of_ten_characters(text):
    assert is_reason(text)


def test_reason_is_trimmed():
    assert check_reason("  the client was ill ") == "the client was ill"


def test_refused_reason_names_its_field():
    with pytest.raises(Refused) as refused:
        check_reason("no", "late_reason")
    assert refused.value.field == "late_reason"


def test_reason_in_a_form_is_an_error_of_the_field():
    with pytest.raises(ValidationError):
        reason_validator("no")
    assert reason_validator("the client was ill") is None


@pytest.mark.parametrize("mark", ["\x00", "\x08", "\x1b", "\x7f", "\u2028", "\ud800"])
def test_control_characters_are_refused_everywhere(mark):
    for validator in (plain_validator, line_validator):
        with pytest.raises(ValidationError):
            validator(f"a{mark}b")


@pytest.mark.parametrize("mark", ["\n", "\r", "\t"])
def test_line_breaks_are_for_long_text_only(mark):
    assert plain_validator(f"a{mark}b") is None
    with pytest.raises(ValidationError):
        line_validator(f"a{mark}b")


@pytest.mark.parametrize(
    "text", ["", None, "何嘉宁", "喆堃镕珺翀", "Ms Whitcombe’s", "a – b", "𠮷"]
)
def test_names_of_people_pass(text):
    assert line_validator(text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("报价单（终版）.pdf", "报价单（终版）.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("", "file"),
        (None, "file"),
        ("...", "file"),
        (" .hidden ", "hidden"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_file_names_are_made_harmless(name, expected):
    assert clean_name(name) == expected


def test_long_name_keeps_its_ending():
    name = clean_name("长" * 300 + ".pdf")
    assert len(name) == 120
    assert name.endswith(".pdf")


def test_what_looks_like_an_ending_but_is_none_is_cut():
    assert len(clean_name("a" * 200 + "." + "b" * 50)) == 120


def test_a_letter_keeps_one_blank_line():
    assert closed_up("Dear He,\n\n \n\nthe agenda.\nToday\n\nAE") == (
        "Dear He,\n\nthe agenda.\nToday\n\nAE"
    )
