"""The stationery kit (文书工具袋, R68): each paper blank or filled from what is known."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from accounts.views.asked import ClientAsked, asked_key
from agency.common.views import PlainPage
from agency.kit_papers import BY_NAME, PAPERS
from archives.downloads import preview_response
from jobs.models import Job
from meetings.models import Meeting

LANGUAGES = {"zh": "中文", "en": "English", "both": _("Bilingual")}
SHOWN = 60


class KitPage(PlainPage):
    """All of them in a row."""

    permission = "accounts.view_client"
    template_name = "kit.html"
    page_title = _("Stationery kit")
    page_lead = _("Print a form to write on by hand, or one that is filled already.")

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = [(paper, blanks(paper), fill_address(paper, user)) for paper in PAPERS]
        may_write = user.has_perm("archives.file_document")
        return super().get_context_data(**{"papers": rows, "may_write": may_write, **kwargs})


def blanks(paper):
    """[(words, address)] of the blank form in each language."""
    return in_languages(reverse("kit_blank", args=[paper.name]))


def in_languages(address, **asked):
    """[(words, address)] in each language."""
    return [
        (words, f"{address}?{urlencode({**asked, 'language': lang})}")
        for lang, words in LANGUAGES.items()
    ]


def fill_address(paper, user):
    if not paper.may_fill(user):
        return ""
    if paper.source is None:
        return reverse(f"archives:{paper.name}_create")
    return reverse("kit_fill", args=[paper.name])


class OnePaper(PlainPage):
    """Mixin: the paper of the kit that stands in the address, and the language asked for."""

    http_method_names = ("get", "head", "options")
    permission = "accounts.view_client"

    @cached_property
    def paper(self):
        if self.kwargs["paper"] not in BY_NAME:
            raise Http404
        return BY_NAME[self.kwargs["paper"]]

    @property
    def language(self):
        asked = self.request.GET.get("language", "")
        return asked if asked in LANGUAGES else ""

    def get_crumbs(self):
        return [(_("Stationery kit"), reverse("kit"))]


class KitBlank(OnePaper):
    """The form as it lies on the desk."""

    def get(self, request, *args, **kwargs):
        pdf = self.paper.print_blank(self.language or "both")
        return preview_response(pdf, f"{self.paper.name}-blank.pdf")


class KitFill(ClientAsked, OnePaper):
    """Of which client, job or meeting; then the filled paper, filed nowhere and without number."""

    template_name = "kit_fill.html"

    def get_page_title(self):
        return self.paper.label

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not self.paper.may_fill(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.paper.source is None:
            raise Http404
        asked = request.GET.get("of", "")
        if not asked:
            return super().get(request, *args, **kwargs)
        row = get_object_or_404(self.sources(), pk=asked_key(asked))
        face = request.GET.get("face", "")
        if face and face not in self.faces_of(row):
            raise Http404
        pdf = self.paper.print_filled(row, request.user, self.now, self.language, face)
        name = "-".join(filter(None, [self.paper.name, str(row.pk), face]))
        return preview_response(pdf, f"{name}.pdf")

    def faces_of(self, row):
        client = row if isinstance(row, Client) else row.client
        return self.paper.faces_for(self.request.user, client, self.now)

    def sources(self):
        """What it can be filled from, as far as the person may see it; the newest first."""
        model, user = self.paper.source, self.request.user
        rows = model.objects.visible_to(user, self.now)
        if model is Client:
            return rows.filter(pk=self.client.pk) if self.client else rows
        rows = rows.filter(client=self.client) if self.client else rows
        return rows.select_related("client", "ae").order_by(ORDER[model], "-pk")

    def get_context_data(self, **kwargs):
        rows = self.sources()[:SHOWN] if self.client else []
        faces = {"": _("Print it filled")}
        if rows and self.paper.faces:
            faces = self.paper.faces_for(self.request.user, self.client, self.now)
        extra = {
            "of_what": self.paper.of_what,
            "client": self.client,
            "faces": list(faces.values()),
            "rows": [(row, self.links(row, faces)) for row in rows],
        }
        return super().get_context_data(**{**extra, **kwargs})

    def links(self, row, faces):
        """[(words of the face, [(words of the language, address)])]."""
        asked = {"client": self.client.pk, "of": row.pk}
        return [(words, in_languages("", **asked, face=face)) for face, words in faces.items()]


ORDER = {Job: "-requested_at", Meeting: "-starts_at"}
