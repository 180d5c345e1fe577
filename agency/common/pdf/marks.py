"""Marks and scripts in typed text: which marks are set half-width, which words are English."""

import re

FULL_WIDTH = "（）「」『』【】〔〕《》〈〉“”‘’、，。；：！？．"
PAIRED = re.compile(f"([{FULL_WIDTH}])(?=[{FULL_WIDTH}])")
HAN = re.compile(r"[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def halves(text):
    """Cut text into (is_mark, part): a mark that another full-width mark follows stands alone.

    The parts joined are the text again, character for character.
    """
    return [(bool(number % 2), part) for number, part in enumerate(PAIRED.split(text)) if part]


def is_english(text):
    """Whether the words are mostly Latin: such text is set with `lang="en"`."""
    return len(LATIN_WORD.findall(text)) > len(HAN.findall(text))
