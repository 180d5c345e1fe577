"""Pages for faults. None needs the database; each says what to do next."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.utils.translation import gettext as _

from agency.common.pages import error_page, fault_number, typed_fields

logger = logging.getLogger(__name__)
PLAIN = "<!doctype html><title>500</title><h1>Something failed here / 出错了</h1><p>{}</p>"


def bad_request(request, exception):
    return error_page(413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request, exception):
    return error_page(403)


def not_found(request, exception):
    return error_page(404)


def server_error(request):
    """500 with a number that stands in the log beside the fault; plain if even the page fails."""
    number = fault_number()
    logger.error("fault %s at %s %s", number, request.method, request.path)
    try:
        return error_page(500, number=number)
    except Exception:
        logger.exception("fault %s: the page for faults failed too", number)
        return HttpResponse(PLAIN.format(number), status=500)


def csrf_failure(request, reason=""):
    """A form from before a sign-in or from elsewhere: what was typed is given back as text."""
    return error_page(
        403,
        page_title=_("This page was open too long"),
        happened=_("Nothing has been saved: the page is from before your last sign-in."),
        next_step=_("Open the page again and enter your words once more; they stand below."),
        typed=typed_fields(request),
        back_url=request.path,
    )
