"""Four brands with their way of six years, and twelve brainstorms (domain.md section 11)."""

from datetime import timedelta

from django.utils import timezone

from agency.demo.brand_words import LINES, STORMS, WAITING
from agency.demo.desk import ago
from agency.demo.rivals import rivals_of
from agency.demo.works import TEAMS
from archives.services.brainstorm import add_idea, create_brainstorm, decide
from archives.services.brainstorm_record import file_record
from archives.services.strategy import add_entry, sign_summary

ENTERED = 190  # days ago the old files were typed in
YEAR = 365
WRITING = timedelta(hours=3)


def all_brands(stage):
    return [
        *(lines_of(stage, code) for code in LINES),
        *(draft_of(stage, *row) for row in WAITING),
        *(storm_of(stage, row) for row in STORMS),
    ]


def day_of(stage, days):
    return timezone.localdate(stage.now) - timedelta(days=days)


def lines_of(stage, code):
    """What the cabinet held, typed in with the days from which it counted; newer words since."""
    brand = stage.clients[code].brands.first()
    rows = sorted(LINES[code], key=lambda row: -days_of(row))
    for row in rows:
        yield ago(stage, min(days_of(row), ENTERED))
        enter(stage, code, brand, row)


def days_of(row):
    """How many days ago the words began to count."""
    years, days, *_words = row
    return years * YEAR + days


def enter(stage, code, brand, row):
    """By the AE; a summary by the AM and signed by the AD, where there is none one rank up."""
    *_when, kind, text = row
    ae, am, ad = TEAMS[code]
    typed = {"valid_from": day_of(stage, days_of(row)), "text": text, "at": stage.at}
    if isinstance(kind, int):
        typed["competitor"] = rivals_of(stage, code)[kind]
        kind = "competitor_creative"
    login = (am or ad) if kind == "summary" else ae
    entry = add_entry(brand=brand, kind=kind, by=stage.users[login], **typed)
    if kind == "summary":
        signer = stage.users[ad if am else "gad1"]
        sign_summary(entry=entry, by=signer, at=stage.at)


def draft_of(stage, code, login, days, text):
    """A summary that still waits for its signature."""
    yield ago(stage, days)
    add_entry(
        brand=stage.clients[code].brands.first(), kind="summary", valid_from=day_of(stage, days),
        text=text, by=stage.users[login], at=stage.at,
    )  # fmt: skip


def storm_of(stage, row):
    """Called together; where there are ideas they are written down, decided and filed."""
    code, days, hour, chair, reason, others, question, ideas, next_step = row
    begins, by = ago(stage, days, hour), stage.users[TEAMS[code][0]]
    yield ago(stage, min(max(days, 1), ENTERED), 9)
    storm = create_brainstorm(
        brand=stage.clients[code].brands.first(), question=question, on=begins,
        ended_at=begins + timedelta(minutes=90), chair=stage.users[chair], chair_reason=reason,
        people=[by, *(stage.users[login] for login in others)], by=by, at=stage.at,
    )  # fmt: skip
    if not ideas:
        return
    yield max(begins + WRITING, stage.at)
    chosen = [
        idea for login, text, is_good in ideas
        if (idea := add_idea(brainstorm=storm, whose=stage.users[login], text=text, by=by,
                             at=stage.at)) and is_good
    ]  # fmt: skip
    if next_step:
        storm = decide(brainstorm=storm, chosen=chosen, next_step=next_step, by=by, at=stage.at)
        file_record(brainstorm=storm, by=by, at=stage.at)
