"""The record of every ad: four brands, all media, and their competitors (domain.md section 11)."""

from datetime import timedelta

from django.utils import timezone

from agency.demo import pictures
from agency.demo.ad_list import BY_OTHERS, OWN, THEIRS
from agency.demo.desk import ago
from agency.demo.rivals import KEEPERS, rivals_of
from archives.services import add_ad, add_file, file_document
from archives.services.ads import file_kind

ENTERED = 185  # days ago what the cabinet held was entered
HOUR = 9
MOVING = {"tv", "digital"}


def all_ads(stage):
    return [wall_of(stage, code) for code in OWN]


def wall_of(stage, code):
    """Own ads from the day they ran, what competitors showed from the day it was seen."""
    rows = [(row[0], own, row) for row in OWN[code]]
    rows += [(row[1], theirs, row) for row in THEIRS[code]]
    for number, (days, enter, row) in enumerate(sorted(rows, key=lambda one: -one[0])):
        yield ago(stage, min(days, ENTERED), HOUR)
        enter(stage, code, row, number)


def own(stage, code, row, seed):
    days, ran, medium, headline, size, tags = row
    client = stage.clients[code]
    brand = client.brands.first()
    first = timezone.localdate(stage.now) - timedelta(days=days)
    last = first + timedelta(days=ran - 1)
    ad = add_ad(
        client=client, brand=brand, title=f"{brand}「{headline}」", medium=medium, first_run=first,
        last_run=last, made_by_agency=BY_OTHERS.get((code, days), ""),
        **_facts(size, tags), **_who(stage, code),
    )  # fmt: skip
    _files(stage, code, ad, code, seed, headline, size)


def theirs(stage, code, row, seed):
    place, days, medium, headline, size, tags = row
    rival = rivals_of(stage, code)[place]
    first = timezone.localdate(stage.now) - timedelta(days=days)
    ad = add_ad(
        client=stage.clients[code], competitor=rival, title=f"{rival}「{headline}」", medium=medium,
        first_run=first, **_facts(size, tags), **_who(stage, code),
    )  # fmt: skip
    _files(stage, code, ad, "rival", seed, headline, size)


def _facts(size, tags):
    """A number is a length in seconds."""
    what = {"length_s": size} if isinstance(size, int) else {"size": size}
    return {**what, "tags": tags.split(), "language": "zh"}


def _who(stage, code):
    return {"by": stage.users[KEEPERS[code]], "at": stage.at}


def _files(stage, code, ad, look, seed, headline, size):
    """A picture, the film of what moves, the sound of radio."""
    words = (look, seed, headline, str(ad.competitor or ad.brand))
    if ad.medium == "radio":
        _file(stage, code, ad, f"{headline}.wav", pictures.sound(seed))
        return
    _file(stage, code, ad, f"{headline}.jpg", pictures.picture(*words, ad.medium))
    if ad.medium in MOVING and isinstance(size, int):
        _file(stage, code, ad, f"{headline}.webm", pictures.film(*words))


def _file(stage, code, ad, name, content):
    paper = file_document(
        client=ad.customer, kind=file_kind(ad), title=ad.title, content=content, name=name,
        face="client", dated_on=ad.first_run, brand=ad.brand, **_who(stage, code),
    )  # fmt: skip
    add_file(ad=ad, paper=paper, **_who(stage, code))
