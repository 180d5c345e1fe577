"""The copy guard: the table of section 8, edges, and the slowest lines there are."""

from decimal import Decimal as D

import pytest

from meetings.copyguard import closest, normal_form, numbers, similarity, verdict

pytestmark = pytest.mark.rule("R32")
POSTER = "海报第二稿已发客户，等待客户11月20日前确认。"
CUT = "TVC 粗剪已完成，客户看片后提出三处修改，本周交精剪。"


@pytest.mark.parametrize(
    ("old", "new", "likeness", "found"),
    [
        (POSTER, "海报第二稿已发客户，等待客户11月27日前确认！", "1.000", "copied"),
        (POSTER, "海报第二稿已发客户，等待客户确认中。", "0.938", "copied"),
        (POSTER, "客户退回第二稿，要求换模特；周三出第三稿。", "0.188", "free"),
        ("拍摄完成 3/5 场", "拍摄完成 4/5 场", "0.000", "free"),
        ("offline cut to client 11/20", "offline cut to client 11/27", "1.000", "copied"),
        (CUT, "TVC 精剪已完成，客户看片后无修改，本周交播出带。", "0.739", "free"),
    ],
)
def test_the_table_of_section_8(old, new, likeness, found):
    assert (similarity(old, new), verdict(similarity(old, new))) == (D(likeness), found)


@pytest.mark.parametrize(
    ("likeness", "found"),
    [("0.749", "free"), ("0.750", "hint"), ("0.899", "hint"), ("0.900", "copied"), (None, "free")],
)
def test_the_edges_of_the_verdict(likeness, found):
    assert verdict(likeness and D(likeness)) == found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-11-20 定稿", "定稿"),
        ("2026年11月20日定稿", "定稿"),
        ("2026.11 定稿", "定稿"),
        ("11月20号定稿", "定稿"),
        ("11月定稿", "定稿"),
        ("周五、星期天定稿", "定稿"),
        ("Ｆｒｉｄａｙ: ＤＯＮＥ", "done"),
        ("fridays done", "fridaysdone"),
        ("12-31 done", "done"),
        ("12-12 done", "1212done"),
        ("13/31 done", "1331done"),
        ("1/32 done", "132done"),
    ],
)
def test_normal_form_drops_dates_signs_and_case(text, form):
    assert normal_form(text) == form


def test_numbers_are_what_no_date_holds():
    assert numbers("3 of 5 on 2026-11-20, 11/27 or 周三, 1,200 copies") == ["3", "5", "1", "200"]


def test_short_ones_are_alike_only_when_equal():
    assert (similarity("等待确认中", "等待确认了"), similarity("等待", "等待！")) == (0, 1)
    assert similarity("abcdefgh", "abcdefgx") == D("0.875")
    assert similarity("abcdefg", "abcdefx") == 0


def test_of_several_the_closest_counts_and_below_a_hint_none():
    assert closest([CUT, POSTER], "海报第二稿已发客户，等待客户确认中。") == D("0.938")
    assert closest([POSTER], "客户退回第二稿，要求换模特；周三出第三稿。") == 0
    assert closest([], CUT) == 0
