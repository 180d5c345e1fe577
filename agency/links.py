"""The door of a client's contact (C9): from the mailed address to a clean one, and to the page.

`/c/<token>/` puts the link into a cookie of its own, which holds every link opened in this
browser, and leaves the address bar at once; `/c/link/<id>/` is served by the app that owns the
purpose. Who has typed the code for the list of own papers (agency/own_papers.py) enters what
stands in that list too: the right lies in a second cookie, for half an hour at most.
A wrong, expired or revoked link and a forgotten cookie all get the same page; only a link whose
paper was replaced is told so.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods

from accounts.services import open_link, readable_link, revoked_link
from archives.kinds import Kind
from archives.links import document_of, open_papers
from archives.models import Document
from archives.views import quarterly_links
from budgets.views import monthly_links
from jobs.views import links as sign_links
from jobs.views import timeline_links
from meetings.views import links as returns
from meetings.views import status_links, topics

COOKIE = "__Host-link" if settings.IS_HTTPS else "link"
LISTING = "__Host-papers" if settings.IS_HTTPS else "papers"
MINUTES = 30
MOST_LINKS = 20
SALT, LISTING_SALT = "agency.links", "agency.links.papers"
LANGUAGES = {"zh": "zh-hans", "en": "en"}


# Which page stands behind a link to a paper that is only read.
VIEWED = {
    Kind.STATUS_REPORT: status_links.READ,
    Kind.BUDGET_REPORT: monthly_links.READ,
    Kind.QUARTERLY_REPORT: quarterly_links.READ,
}


def view_page(request, link):
    return _viewed(link).page(request, link)


def view_pdf(request, link):
    return _viewed(link).pdf(request, link)


def _viewed(link):
    """A paper that is only read, by the app that issued it."""
    paper = document_of(link)
    return VIEWED.get(paper.kind if paper else "", monthly_links.READ)


# Who serves what: purpose -> page(request, link); (purpose, part) -> the same for what hangs below.
PAGES = {
    "timeline": timeline_links.timeline_page,
    "return": returns.return_page,
    "sign": sign_links.sign_page,
    "view": view_page,
    "topics": topics.topics_page,
}
PARTS = {
    ("timeline", "pdf"): timeline_links.timeline_pdf,
    ("return", "pdf"): returns.return_pdf,
    ("sign", "pdf"): sign_links.sign_pdf,
    ("view", "pdf"): view_pdf,
    ("topics", "pdf"): topics.topics_pdf,
}


@require_GET
def enter(request, token):
    """The address in the mail. Opening answers nothing: a mail scanner may have done it."""
    link = open_link(token=token, at=timezone.now()) or replaced_link(token=token)
    if link is None or link.purpose not in PAGES:
        return closed(request)
    response = HttpResponseRedirect(reverse("link_page", args=[link.pk]))
    return remember(response, request, link.pk)


@require_http_methods(["GET", "POST"])
def page(request, pk):
    """The clean address: the paper and its acts, for who came through the mailed one."""
    link = opened(request, pk)
    serve = PAGES.get(link.purpose) if link else None
    return served(request, link, serve)


@require_http_methods(["GET", "POST"])
def part(request, pk, name):
    """What belongs to the page: its paper as a file, a fresh code."""
    link = opened(request, pk)
    serve = PARTS.get((link.purpose, name)) if link else None
    return served(request, link, serve)


def served(request, link, serve):
    """What `serve` answers, in the contact's language; nothing there: the one closed page."""
    if serve is None:
        return closed(request)
    with translation.override(language_of(request, link)):
        response = serve(request, link)
    return remember(response, request, link.pk)


def opened(request, pk):
    """The link, if it came through this browser and may still be read; else None."""
    at = timezone.now()
    if pk in opened_here(request):
        return readable_link(pk=pk, at=at) or replaced_link(pk=pk)
    return next((link for link, _paper in listed(request, at) if link.pk == pk), None)


def replaced_link(**which):
    """A link that died because its paper was replaced: its page says by what (3.2), and no more."""
    link = revoked_link(**which)
    paper = document_of(link) if link else None
    return link if paper is not None and paper.state == Document.State.SUPERSEDED else None


def opened_here(request):
    """Ids of the links that were opened in this browser within the last half hour."""
    return [pk for pk in _kept(request, COOKIE, SALT) or [] if isinstance(pk, int)]


def listing(request, at):
    """The link whose contact has typed the code for the list in this browser, while it lives."""
    pk = _kept(request, LISTING, LISTING_SALT)
    return readable_link(pk=pk, at=at) if isinstance(pk, int) else None


def listed(request, at):
    """[(link, paper)] of that contact: what the list shows is what may be entered from it."""
    through = listing(request, at)
    return open_papers(through.contact, PAGES, at) if through else []


def _kept(request, name, salt):
    """What we signed into a cookie of this browser within the last half hour, else None."""
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=salt, max_age=MINUTES * 60)
    except signing.BadSignature:
        return None


def remember(response, request, pk):
    """Put the link first in the cookie; each page shown starts the half hour anew."""
    links = [pk, *(one for one in opened_here(request) if one != pk)][:MOST_LINKS]
    return _keep(response, COOKIE, SALT, links)


def allow_list(response, pk):
    """The code was right: for half an hour, which no page prolongs, the list may be read."""
    return _keep(response, LISTING, LISTING_SALT, pk)


def _keep(response, name, salt, value):
    response.set_cookie(
        name,
        signing.dumps(value, salt=salt),
        max_age=MINUTES * 60,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def language_of(request, link):
    """The language asked for in this browser, else the contact's own."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(settings.LANGUAGES) else LANGUAGES[link.contact.language]


def closed(request):
    """One page for everything that leads nowhere, in equal words (B3)."""
    return render(request, "accounts/link_closed.html", status=404)
