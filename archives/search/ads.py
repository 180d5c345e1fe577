"""Ads whose title, brand, competitor or job number holds the words of a question (R44, 9.3)."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from archives.models import Ad
from archives.search.groups import Group, Other, first_rows, said

FIELDS = (
    *("title", "note", "made_by_agency", "brand__name", "competitor__name"),
    *("client__name", "client__code", "competitor__brand__client__name"),
)


def ads(question, user, at):
    account = Coalesce(F("client"), F("competitor__brand__client"))
    rows = Ad.objects.beside().annotate(account_id=account).order_by("-first_run", "-pk")
    found = first_rows(rows, question, user, at, FIELDS, "job_number", client="account_id")
    return Group(_("Ads"), [_row(ad) for ad in found])


def _row(ad):
    about = said(ad.get_medium_display(), ad.maker, ad.year)
    return Other(ad.title, ad.get_absolute_url(), code=ad.job_number, about=about)
