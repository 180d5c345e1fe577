from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.common.money import capitals, cents, vat

D = Decimal


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.125", "0.13"),
        ("-0.125", "-0.13"),
        ("117.675", "117.68"),
        ("7126.425215", "7126.43"),
        ("2490.485", "2490.49"),
        ("5", "5.00"),
        ("-0.004", "0.00"),
        ("-0", "0.00"),
    ],
)
def test_cents_are_rounded_half_away_from_zero(amount, rounded):
    assert str(cents(D(amount))) == rounded


def test_cents_refuse_what_is_not_exact():
    with pytest.raises(TypeError):
        cents(0.1)


def test_vat_is_rounded_once_for_each_rate():
    nets = {D("0.06"): D("45029.42"), D("0.13"): D("7270.77")}
    assert vat(nets) == D("3646.97")
    assert vat({}) == D("0.00")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("55947.16", "人民币伍万伍仟玖佰肆拾柒元壹角陆分"),
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("10", "人民币壹拾元整"),
        ("100.05", "人民币壹佰元零伍分"),
        ("100.50", "人民币壹佰元伍角整"),
        ("1005.00", "人民币壹仟零伍元整"),
        ("10005.00", "人民币壹万零伍元整"),
        ("105000.00", "人民币壹拾万伍仟元整"),
        ("1000500.00", "人民币壹佰万零伍佰元整"),
        ("100000000.00", "人民币壹亿元整"),
        ("100010000.00", "人民币壹亿零壹万元整"),
        ("100000001.00", "人民币壹亿零壹元整"),
        ("20300.40", "人民币贰万零叁佰元肆角整"),
        ("999999999999.99", "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-12.30", "人民币负壹拾贰元叁角整"),
    ],
)
def test_capitals(amount, words):
    assert capitals(D(amount)) == words


DIGITS = {mark: value for value, mark in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read(words):
    """The amount that capitals say, read back the way a bank clerk does."""
    total = group = digit = 0
    yuan, _mark, rest = words.removeprefix("人民币").rpartition("元")
    for mark in yuan:
        if mark in DIGITS:
            digit = DIGITS[mark]
        elif mark in PLACES:
            group, digit = group + digit * PLACES[mark], 0
        else:
            total += (group + digit) * (10_000 if mark == "万" else 100_000_000)
            group = digit = 0
    jiao = DIGITS[rest[rest.index("角") - 1]] if "角" in rest else 0
    fen = DIGITS[rest[rest.index("分") - 1]] if "分" in rest else 0
    return D(total + group + digit) + D(jiao) / 10 + D(fen) / 100


@given(st.integers(min_value=0, max_value=99_999_999_999_999))
def test_capitals_can_be_read_back(number):
    amount = D(number) / 100
    assert read(capitals(amount)) == amount
    assert "零零" not in capitals(amount)
