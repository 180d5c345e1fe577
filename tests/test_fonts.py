"""The fonts in the tree are the ones we made, and hold what papers need."""

import hashlib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "agency" / "common" / "fonts"
SUMS = dict(line.split()[::-1] for line in (FOLDER / "SHA256SUMS").read_text().splitlines())


def characters_of(name):
    with TTFont(FOLDER / name, lazy=True) as font:
        return font.getBestCmap()


def test_both_weights_are_there():
    assert sorted(SUMS) == ["NotoSansSC-Bold.ttf", "NotoSansSC-Regular.ttf"]


@pytest.mark.parametrize("name", SUMS)
def test_font_is_unchanged(name):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == SUMS[name]


@pytest.mark.parametrize("name", SUMS)
def test_font_has_rare_names_and_signs(name):
    needed = "喆堃镕珺翀祎䶮㛃▲✓￥¥–−—“”‘’…″（）【】《》，。、：；％Ää€½"
    assert [sign for sign in needed if ord(sign) not in characters_of(name)] == []


@pytest.mark.parametrize("name", SUMS)
def test_font_has_all_common_han(name):
    characters = characters_of(name)
    assert all(code in characters for code in range(0x4E00, 0x9FA6))
