"""The record of every ad: the client's own, by whomever and however old, and competitors' (R44)."""

import re

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.verbs import check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Ad
from archives.models.ad import TAG_LENGTH
from archives.services.uploads import file_upload

RIGHT = "archives.edit_archive"
FACTS = (
    *("brand", "product", "medium", "title", "first_run", "last_run", "length_s", "size"),
    *("language", "job_number", "made_by_agency", "tags", "note"),
)
FIRST_YEAR, YEARS_AHEAD, MOST_TAGS = 1950, 2, 12
_BETWEEN = re.compile(r"[,，、;；\n]+")


def read_tags(text):
    """Tags as typed, between commas of either kind; each once."""
    return list(dict.fromkeys(tag for part in _BETWEEN.split(text) if (tag := part.strip())))


@verb
def add_ad(*, client, by, at, competitor=None, documents=(), form_key=None, **facts):
    """An ad goes into the archive of the client: its own, or one of a competitor of its brands."""
    behalf = require(by, RIGHT, client, at, own=True)
    ad = Ad(
        client=None if competitor else client,
        competitor=competitor,
        form_key=form_key,
        created_by=by,
        created_at=at,
        **_known(facts),
    )
    _check(ad, client, at)
    ad, is_new = once(ad)
    if is_new:
        ad.documents.set(documents)
        record(ad, "record_ad", by=by, at=at, client=client, behalf_of=behalf)
    return ad


@verb
def change_ad(*, ad, by, at, row_version=None, **facts):
    """What is known of an ad is written anew; whose it is stays."""
    ad = lock(ad)
    client = ad.customer
    behalf = require(by, RIGHT, client, at, own=True)
    check_version(ad, row_version)
    changes = {}
    for name, value in _known(facts).items():
        if getattr(ad, name) != value:
            changes[name] = [str(getattr(ad, name)), str(value)]
            setattr(ad, name, value)
    _check(ad, client, at)
    if changes:
        save(ad)
        record(ad, "change_ad", by=by, at=at, client=client, behalf_of=behalf, **changes)
    return ad


@verb
def add_file(*, ad, paper, by, at):
    """A filed paper is a file of the ad from now on."""
    ad = lock(ad)
    client = ad.customer
    behalf = require(by, RIGHT, client, at, own=True)
    if paper.client_id != client.pk:
        raise Refused(_("This paper is another client's."), "file")
    if not ad.documents.filter(pk=paper.pk).exists():
        ad.documents.add(paper)
        record(ad, "add_ad_file", by=by, at=at, client=client, behalf_of=behalf, name=paper.name)
    return ad


def file_of_ad(*, ad, upload, by, at, form_key=None):
    """File an upload as a file of the ad, with all that is known of it; not itself a verb."""
    return file_upload(
        client=ad.customer,
        kind=file_kind(ad),
        upload=upload,
        title=ad.title,
        dated_on=ad.first_run,
        brand=ad.brand,
        product=ad.product,
        job_numbers=[ad.job_number] if ad.job_number else [],
        form_key=form_key,
        then=lambda paper: add_file(ad=ad, paper=paper, by=by, at=at),
        by=by,
        at=at,
    )


def file_kind(ad):
    """As what a file of the ad is filed (9.1)."""
    return Kind.COMPETITOR_FILE if ad.competitor_id else Kind.AD_FILE


def _known(facts):
    return {name: value for name, value in facts.items() if name in FACTS}


def _check(ad, client, at):
    """Refused where a fact cannot be; the year and the brand follow from the others."""
    if ad.competitor and ad.competitor.brand.client_id != client.pk:
        raise Refused(_("This competitor is another client's."), "competitor")
    if ad.competitor:
        ad.brand, ad.product = ad.competitor.brand, None
    _check_brand(ad, client)
    _check_runs(ad, at)
    if len(ad.tags) > MOST_TAGS or any(len(tag) > TAG_LENGTH for tag in ad.tags):
        raise Refused(_("At most 12 tags of 20 characters each."), "tags")
    ad.year = ad.first_run.year


def _check_brand(ad, client):
    if ad.brand and ad.brand.client_id != client.pk:
        raise Refused(_("This brand is another client's."), "brand")
    if ad.product and ad.brand is None:
        ad.brand = ad.product.brand
    if ad.product and ad.product.brand_id != ad.brand.pk:
        raise Refused(_("This product is not of the brand."), "product")


def _check_runs(ad, at):
    if not FIRST_YEAR <= ad.first_run.year <= at.year + YEARS_AHEAD:
        raise Refused(_("Please enter the day it appeared first."), "first_run")
    if ad.last_run and ad.last_run < ad.first_run:
        raise Refused(_("The last run lies before the first."), "last_run")
