"""How papers are called, and lengths of film and sound read and written: 0:30, 1:05, 61:00."""

import re

from agency.common.wording import day_text

LENGTH = re.compile(r"(?:(\d{1,4}):)?(\d{1,5})")


def length_text(seconds):
    """30 → 0:30; nothing where no length is known."""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


def seconds_of(text):
    """0:30 or 30 → 30; None where it is no length."""
    match = LENGTH.fullmatch(text.strip().replace("：", ":"))
    if match is None:
        return None
    minutes, seconds = match[1], int(match[2])
    if minutes is None:
        return seconds
    return int(minutes) * 60 + seconds if seconds < 60 else None


def choice_text(paper):
    """A paper among others to choose from: which face, and of which day."""
    return f"{paper.label} · {paper.get_face_display()} · {day_text(paper.dated_on)}"
