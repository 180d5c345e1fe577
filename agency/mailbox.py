"""The mails of a trial, read in the browser: /mail/, with DEBUG and without a mail server."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

SHOWN = 200
NAME = re.compile(r"[0-9a-f-]{36}")
ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


def folder():
    """Where the mails lie. 404 on a site that is none of a developer's."""
    if not (settings.DEBUG and settings.MAIL_DIR):
        raise Http404
    return Path(settings.MAIL_DIR)


def read(path):
    return message_from_bytes(path.read_bytes(), policy=default)


def newest():
    paths = folder().glob("*.eml")
    return sorted(paths, key=lambda path: path.stat().st_mtime, reverse=True)[:SHOWN]


def find(name):
    path = folder() / f"{name}.eml"
    if not (NAME.fullmatch(name) and path.exists()):
        raise Http404
    return path


class Mailbox(LoginRequiredMixin, TemplateView):
    """The newest mails first."""

    template_name = "mailbox.html"

    def get_context_data(self, **kwargs):
        rows = [{"name": path.stem, "mail": read(path), "at": instant(path)} for path in newest()]
        return super().get_context_data(rows=rows, **kwargs)


class MailboxMail(LoginRequiredMixin, TemplateView):
    """One mail: its text with the addresses as links, its files to open."""

    template_name = "mailbox.html"

    def get_context_data(self, name, **kwargs):
        path = find(name)
        mail = read(path)
        body = mail.get_body(("plain", "html"))
        return super().get_context_data(
            name=name,
            mail=mail,
            at=instant(path),
            parts=ADDRESS.split(body.get_content() if body else ""),
            files=[part.get_filename() for part in mail.iter_attachments()],
            **kwargs,
        )


class MailboxFile(LoginRequiredMixin, View):
    """A file of a mail, as the recipient's program would open it."""

    def get(self, request, name, number):
        files = list(read(find(name)).iter_attachments())
        if number >= len(files):
            raise Http404
        part = files[number]
        response = HttpResponse(part.get_content(), content_type=part.get_content_type())
        name = part.get_filename() or "file"
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response


def instant(path):
    return timezone.datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
