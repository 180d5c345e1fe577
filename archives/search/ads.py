"""Ads whose title, brand, competitor or job number holds the words of a question (R44, 9.3)."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from archives.models import Ad
from archives.search.groups import Other, Wanted, first_rows, said

FIELDS = (
    *("title", "note", "made_by_agency", "brand__name", "competitor__name"),
    *("client__name", "client__code", "competitor__brand__client__name"),
)
SHOWN = (
    *("title", "medium", "year", "job_number"),
    *("client__name", "brand__name", "competitor__name"),
)


def ads(question, user, at):
    account = Coalesce(F("client"), F("competitor__brand__client"))
    rows = Ad.objects.annotate(account_id=account)
    rows = first_rows(rows, question, user, at, FIELDS, "job_number", client="account_id")
    return Wanted(_("Ads"), rows, SHOWN, _row)


def _row(ad):
    about = said(ad.get_medium_display(), ad.maker, ad.year)
    return Other(ad.title, ad.get_absolute_url(), code=ad.job_number, about=about)
