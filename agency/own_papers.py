"""All open papers of one contact on a page, after a mailed code (4.1, C10).

It hangs below the page of any link of that contact. Opening changes nothing; the code is mailed
once a name is typed, for a mail scanner presses bare buttons. The list shows a contact's own open
links and nothing else; whoever came by it still signs with the paper's own code.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.guest import code_field, name_field
from accounts.services import PAPERS, check_code, is_readable, send_code
from agency import links
from agency.common.errors import Refused
from agency.common.forms import StyledForm
from agency.common.texts import masked
from archives.links import open_papers

MOMENT = timedelta(seconds=1)
WANTED = {
    "sign": gettext_lazy("Please sign or refuse"),
    "return": gettext_lazy("Please agree or object"),
    "topics": gettext_lazy("Please answer the invitation"),
    "timeline": gettext_lazy("Please say that you have seen it"),
    "view": gettext_lazy("To read"),
}


class PapersForm(StyledForm, forms.Form):
    hide_optional = True  # as in GuestForm
    typed_name = name_field(
        gettext_lazy("Mail scanners press buttons too: only a typed name sends a code."),
        min_length=2,
    )
    code = code_field()


@require_http_methods(["GET", "POST"])
def page(request, pk):
    """/c/link/<id>/papers/: the code first, then the list."""
    link = links.opened(request, pk)
    is_live = link is not None and is_readable(link, timezone.now())
    return links.served(request, link, papers_page if is_live else None)


def papers_page(request, link):
    with timezone.override(ZoneInfo(link.contact.client.timezone)):
        return _post(request, link) if request.method == "POST" else _show(request, link)


def _post(request, link):
    form = PapersForm(request.POST)
    if not form.is_valid():
        return _ask(request, link, form, 422)
    code, at = form.cleaned_data["code"], timezone.now()
    try:
        if not code:
            return _mail_code(request, link, form, at)
        if not check_code(link=link, code=code, at=at, what=PAPERS):
            raise Refused(_("This code is not right, or older than 10 minutes."), "code")
    except Refused as error:
        form.refuse(error)
        return _ask(request, link, form, 422)
    return links.allow_list(HttpResponseRedirect(request.path), link.pk)


def _mail_code(request, link, form, at):
    """To the contact's own address; the name typed stays in the form (C10)."""
    send_code(link=link, at=at, what=PAPERS)
    form["code"].help_text = _("A code is on its way to %(address)s. Enter it here.") % {
        "address": masked(link.contact.email)
    }
    return _ask(request, link, form)


def _show(request, link):
    at = timezone.now()
    through = links.listing(request, at)
    if through is None or through.contact_id != link.contact_id:
        return _ask(request, link, PapersForm())
    found = open_papers(through.contact, links.PAGES, at)
    return _page(request, link, papers=[_row(one, paper) for one, paper in found])


def _row(link, paper):
    is_english = get_language() == "en" and paper.title_en
    return {
        "url": reverse("link_page", args=[link.pk]),
        "paper": paper,
        "title": paper.title_en if is_english else paper.title,
        "wanted": WANTED[link.purpose],
        # the last day on which it is open: a link to sign ends at midnight
        "until": timezone.localdate(link.expires_at - MOMENT),
    }


def _ask(request, link, form, status=200):
    return _page(request, link, status, form=form, papers=None)


def _page(request, link, status=200, **more):
    context = {
        "link": link,
        "contact": link.contact,
        "language_url": reverse("accounts:language"),
        **more,
    }
    return render(request, "own_papers.html", context, status=status)
