"""A timeline in words, in the language of the page or of the person told."""

from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agency.common.wording import brackets, day_text, names_text
from jobs.models.timeline import Milestone

CAUSES = dict(Milestone.SlipCause.choices)
MOVES_SAID = 12


def step_text(row):
    """The step in the language of the page; rows of papers and of the table alike."""
    is_row = isinstance(row, dict)
    zh, en = (row["name"], row["name_en"]) if is_row else (row.name, row.name_en)
    return en if (get_language() or "").startswith("en") and en else zh


def moved_text(move):
    """What moved, in a line: Photos: 24 Nov → 28 Nov (client)."""
    text = {
        "added": _("%(step)s: new, due %(new)s"),
        "dropped": _("%(step)s: dropped"),
        "starts_on": _("%(step)s begins: %(old)s → %(new)s"),
        "owner": _("%(step)s, owner: %(old)s → %(new)s"),
    }.get(move["what"], _("%(step)s: %(old)s → %(new)s"))
    line = text % {"step": step_text(move), "old": _side(move["old"]), "new": _side(move["new"])}
    return line + brackets(CAUSES.get(move["cause"]))


def _side(value):
    if not value:
        return "–"
    return day_text(value) if hasattr(value, "year") else str(value)


def moves_text(moves):
    """All of it in one lazy text, one line each; a long list is cut with its count."""

    def spell():
        lines = [f"· {moved_text(move)}" for move in moves[:MOVES_SAID]]
        if rest := len(moves) - MOVES_SAID:
            lines += [_("and %(count)d more") % {"count": rest}] if rest > 0 else []
        return "\n".join(lines)

    return lazy(spell, str)() if moves else ""


def late_text(days):
    return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}


def bar_text(row):
    """The words beside a bar: what the client owes, what is late and why, where it ends."""
    if row["is_duty"]:
        return f"▲ {_duty_text(row)}"
    late = row["days_late"]
    if row["state"] == "late":
        return _("%(late)s: enter the real date") % {"late": late_text(late)}
    if row["state"] == "done" and late:
        cause = CAUSES.get(row["cause"])
        return names_text([late_text(late), cause]) if cause else late_text(late)
    if row["is_final"]:
        return _("Goal: %(day)s") % {"day": day_text(row["due_on"])}
    return ""


def _duty_text(row):
    if row["state"] == "done":
        return _("The client has done it")
    if row["state"] == "late":
        return _("Client duty: %(late)s") % {"late": late_text(row["days_late"])}
    return _("Client duty, by %(day)s") % {"day": day_text(row["due_on"])}
