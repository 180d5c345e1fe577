"""Pages for what went wrong, each saying what to do next. They need no database and no frame."""

import secrets

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from agency.common.forms import UNSHOWN


def words(status):
    """(title, what happened, what to do next) of an error page."""
    return {
        400: (
            _("This request cannot be read"),
            _("It holds characters or a length that no page here sends."),
            _("Go back, remove what was pasted from elsewhere, and send it again."),
        ),
        403: (
            _("This is not yours to do"),
            _("Your role does not hold the right for this page, or the page was open too long."),
            _("Go back and reload the page. If you need the right, ask your AM or the admin."),
        ),
        404: (
            _("Nothing here"),
            _("The page does not exist, or it belongs to a client that is not yours."),
            _("Look for it in the client's papers, or ask whoever gave you the address."),
        ),
        409: (
            _("Changed in the meantime"),
            _("Nothing of yours has been saved."),
            _("Open the page as it is now and enter your words again; they stand below."),
        ),
        413: (
            _("Too large"),
            _("One file may have 50 MB, one form 55 MB."),
            _("Make the file smaller or send it in parts."),
        ),
        500: (
            _("Something failed here"),
            _("Nothing has been changed by your last click."),
            _("Try again in a minute. If it stays, give the admin this number:"),
        ),
    }[status]


def error_page(status, **extra):
    """The page of an error as an HttpResponse; `extra` overrides title, happened, next_step."""
    title, happened, next_step = words(status)
    context = {
        "status": status,
        "page_title": title,
        "happened": happened,
        "next_step": next_step,
        "number": "",
        "back_url": "/",
        "typed": [],
        **extra,
    }
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def fault_number():
    """A short number that a person can read out and the log holds."""
    return secrets.token_hex(4).upper()


def stale_page(request, error, typed):
    """409: what changed, and every typed word as text (C7)."""
    if wants_json(request):
        return JsonResponse({"stale": True, "message": str(error)}, status=409)
    return error_page(409, happened=str(error), typed=typed, back_url=request.path)


def wants_json(request):
    """True for the page's own script, which reads an answer instead of following a redirect."""
    return "application/json" in request.headers.get("Accept", "")


def refused_page(error):
    """A page whose very reading a rule refuses; 507 where the store of papers says no."""
    page = error_page(
        409,
        page_title=_("Not possible now"),
        happened=str(error),
        next_step=_("Go back and choose another way."),
    )
    page.status_code = getattr(error, "status", page.status_code)
    return page


def typed_fields(request):
    """[(name, text)] a form sent, but for passwords and what the page added itself."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not is_hidden(name)
    ]


def is_hidden(name):
    return name in UNSHOWN or "password" in name or name.endswith(("_FORMS", "-row_version", "-id"))


def house_key(language):
    """Where the agency's name is remembered for a minute."""
    return f"house:{language}"


def count_key(user):
    """Where the count of what needs a person is remembered for a minute."""
    return f"duties:{user.pk}:{user.date_joined:%Y%m%d%H%M%S}"
