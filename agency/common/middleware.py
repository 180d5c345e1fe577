"""What happens to every request: headers, hygiene, language, and the answer to a refused verb."""

import contextlib
import logging
import re
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import load_handler
from django.db import OperationalError
from django.http import Http404, HttpResponseRedirect, JsonResponse, UnreadablePostError
from django.urls import get_resolver
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from agency.common.context import answers, request_ip
from agency.common.errors import Refused, Stale
from agency.common.pages import (
    count_key,
    error_page,
    refused_page,
    stale_page,
    typed_fields,
    wants_json,
)
from agency.common.verbs import BUSY, is_busy

logger = logging.getLogger(__name__)
QUERY_BYTES = 4 * 1024
BODY_BYTES = 55 * 1024 * 1024
DIRTY = re.compile("[\x00\ud800-\udfff]")
SEEN, NOTED_EVERY = "seen", 60  # the session is written at most once a minute
SIGNED_OUT = _("You were away for two hours, so you were signed out. Drafts are kept.")
NO_ROOM = _(
    "The server has no room to take this file in. Nothing was filed; please tell the administrator."
)
LANGUAGES = {"zh": "zh-hans", "en": "en"}
POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class Headers:
    """Nothing but static files is kept by a cache, and no page may use a device (C17)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cache-Control"] = "private, no-store"
        response["Permissions-Policy"] = POLICY
        return response


class Hygiene:
    """Refuse what no page here sends: NUL, lone surrogates, endless queries and bodies (C20)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(translation.get_language_from_request(request)):
            try:
                fault = fault_of(request)
            except Refused as error:
                return unread_page(request, error)
            if fault:
                return error_page(fault)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """What is sent to the film door is read here, once it is known who sends it (C20)."""
        if request.method != "POST" or not is_film_door(request):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.upload_handlers = [load_handler(path, request) for path in settings.FILM_HANDLERS]
        try:
            fault = fault_of_form(request)
        except Refused as error:
            return unread_page(request, error)
        return error_page(fault) if fault else None


class Person:
    """Language and address of who asks. A signed-in person's choice stands before the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of(request)
        token = request_ip.set(address_of(request))
        asked = answers.set({} if request.method in ("GET", "HEAD") else None)
        try:
            with translation.override(language):
                request.LANGUAGE_CODE = language
                response = self.get_response(request)
        finally:
            answers.reset(asked)
            request_ip.reset(token)
            forget_count(request)
        response.headers.setdefault("Content-Language", language)
        return response


class Idle:
    """Two hours without a click end the session; after sign-in one is where one was (C18)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now, seen = int(time.time()), request.session.get(SEEN)
            if seen is not None and now - seen > settings.IDLE_SECONDS:
                logout(request)
                messages.info(request, SIGNED_OUT)
            elif seen is None or now - seen >= NOTED_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)


class Refusals:
    """The answer to a verb that said no outside a form; our own 404 also where DEBUG is on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        # What leads nowhere never comes to a view: DEBUG would list all that leads somewhere.
        is_lost = settings.DEBUG and answer.status_code == 404 and request.resolver_match is None
        return self.not_found(request) if is_lost else answer

    @staticmethod
    def not_found(request, exception=None):
        return get_resolver().resolve_error_handler(404)(request, exception=exception)

    def process_exception(self, request, exception):
        if isinstance(exception, Http404):
            return self.not_found(request, exception)
        if isinstance(exception, Stale):
            return stale_page(request, exception, typed_fields(request))
        if isinstance(exception, Refused):
            return answer_refused(request, exception)
        if isinstance(exception, OperationalError) and is_busy(exception):
            return stale_page(request, Stale(BUSY), typed_fields(request))
        return None


def forget_count(request):
    """After a click the count of what needs the person is counted anew."""
    if request.method == "POST" and request.user.is_authenticated:
        cache.delete(count_key(request.user))


def answer_refused(request, error):
    """A red note on the page the person came from; for our script JSON; for a GET a page."""
    if wants_json(request):
        body = {"message": str(error), "field": error.field}
        return JsonResponse(body, status=422)
    if request.method != "POST":
        return refused_page(error)
    messages.error(request, str(error))
    return HttpResponseRedirect(page_before(request))


def page_before(request):
    """The page of ours the request came from, else home."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if safe else "/"


def fault_of(request):
    """400, 413 or None for a request."""
    if too_long(request):
        return 413
    if len(request.META.get("QUERY_STRING", "")) > QUERY_BYTES or is_dirty(request.path_info):
        return 400
    if is_film_door(request):
        return 400 if any(map(is_dirty, texts(request.GET))) else None
    return fault_of_form(request)


class NoRoom(Refused):
    """The folder that files are taken in through is full, or cannot be written to."""

    status = 507


def unread_page(request, error):
    """What was sent could not be written down."""
    status = getattr(error, "status", 409)
    if wants_json(request):
        return JsonResponse({"message": str(error), "field": error.field}, status=status)
    page = error_page(500, happened=str(error))
    page.status_code = status
    return page


def is_film_door(request):
    return re.fullmatch(settings.FILM_DOOR, request.path_info) is not None


def fault_of_form(request):
    """The same for what was sent; reading it brings the files in."""
    try:
        sent = [request.GET, request.POST, request.FILES]
    except RequestDataTooBig:
        return 413
    except (UnreadablePostError, TooManyFieldsSent, TooManyFilesSent):
        return 400
    except OSError as error:
        logger.exception("an upload could not be written down")
        drop_uploads(request)
        raise NoRoom(NO_ROOM) from error
    return 400 if any(is_dirty(text) for fields in sent for text in texts(fields)) else None


def drop_uploads(request):
    """What has been written of the files goes at once, not when their memory is swept."""
    for handler in request.upload_handlers:
        with contextlib.suppress(OSError):  # the last piece finds no room either
            handler.upload_interrupted()


def too_long(request):
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.FILM_BYTES + BODY_BYTES if is_film_door(request) else BODY_BYTES
    return length.isdecimal() and int(length) > most


def texts(fields):
    """Every name and value of a QueryDict; of files their names."""
    for name, values in fields.lists():
        yield name
        for value in values:
            yield value if isinstance(value, str) else value.name or ""


def is_dirty(text):
    """True for NUL or a lone surrogate: PostgreSQL and UTF-8 take neither."""
    return DIRTY.search(text) is not None


def language_of(request):
    """The person's own language, else cookie, browser, site."""
    if request.user.is_authenticated:
        return LANGUAGES.get(request.user.language, settings.LANGUAGE_CODE)
    return translation.get_language_from_request(request)


def address_of(request):
    """The address of the person, seen through PROXIES trusted proxies and no others."""
    direct = request.META.get("REMOTE_ADDR") or None
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if not settings.PROXIES or len(hops) < settings.PROXIES:
        return direct
    return hops[-settings.PROXIES].strip() or direct
