"""Every ad ever made: the wall, one ad, recorded and changed (R44)."""

from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import can
from accounts.views.about import ClientFormPage, ClientPlainPage
from accounts.views.asked import ClientAsked
from agency.common.nav import OWN
from agency.common.views import Column, ListPage
from agency.common.wording import names_text
from archives import services
from archives.forms import ad as forms
from archives.kinds import Kind
from archives.models import Ad, Document
from archives.models.ad import AdQuerySet
from archives.services.ads import FACTS, RIGHT
from archives.views.document import keys_of
from archives.wording import length_text

TILES = 60
WAYS = [
    ("year", gettext_lazy("By year")),
    ("medium", gettext_lazy("By medium")),
    ("brand", gettext_lazy("By brand")),
]


@dataclass
class Shelf:
    """A year, a medium or a brand of the wall: own ads beside competitors'."""

    label: str
    own: list = field(default_factory=list)
    others: list = field(default_factory=list)

    def put(self, ad):
        (self.others if ad.competitor_id else self.own).append(ad)


LABELS = {
    "year": lambda ad: str(ad.year),
    "medium": lambda ad: ad.get_medium_display(),
    "brand": lambda ad: str(ad.brand) if ad.brand else _("Without a brand"),
}


WHICH = {
    forms.OWN: AdQuerySet.made_here,
    forms.OTHERS: AdQuerySet.by_others,
    forms.COMPETITORS: AdQuerySet.of_competitors,
}


def shelves(ads, way):
    """The ads of a page in the order they come, put on shelves."""
    rows = []
    for label, held in groupby(ads, LABELS[way]):
        shelf = Shelf(label)
        for ad in held:
            shelf.put(ad)
        rows.append(shelf)
    return rows


class AdWall(ListPage):
    """Pictures by year, medium or brand."""

    permission = "accounts.view_client"
    template_name = "archives/ad_wall.html"
    page_title = gettext_lazy("Ads")
    paginate_by = TILES
    filter_form = forms.AdFilter
    sheet_name = "ads"
    empty_title = gettext_lazy("No ads yet")
    empty_text = gettext_lazy(
        "Each job that makes ads records them here; those of before, by others and of competitors "
        "are entered by hand."
    )
    sorts = {
        "year": "-first_run",
        "medium": ("medium_rank", "-first_run"),
        "brand": ("brand__name", "brand", "-first_run"),
    }
    default_sort = "year"
    columns = [
        Column(gettext_lazy("Title"), "title", url=True),
        Column(gettext_lazy("Medium"), "get_medium_display"),
        Column(gettext_lazy("Client"), "customer.name"),
        Column(gettext_lazy("Competitor"), "competitor.name"),
        Column(gettext_lazy("Brand"), "brand.name"),
        Column(gettext_lazy("Product"), "product.name"),
        Column(gettext_lazy("First run"), "first_run", "date"),
        Column(gettext_lazy("Last run"), "last_run", "date"),
        Column(gettext_lazy("Length in seconds"), "length_s", "number"),
        Column(gettext_lazy("Size"), "size"),
        Column(gettext_lazy("Job"), "job_number", "code"),
        Column(gettext_lazy("Made by"), "made_by_agency"),
        Column(gettext_lazy("Tags"), lambda ad: names_text(ad.tags)),
    ]

    def rows(self):
        user = self.request.user
        return Ad.objects.visible_to(user, self.now).ranked().beside().with_files(user, self.now)

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def narrow(self, rows, q="", client=None, whose="", **wanted):
        rows = rows.filter(**wanted)
        rows = rows.of_client(client) if client else rows
        rows = rows.worded(q) if q else rows
        return WHICH[whose](rows) if whose else rows

    @property
    def way(self):
        return self.sort.lstrip("-")

    def get_first_step(self):
        if not self.request.user.has_perm(RIGHT, OWN):
            return None
        client = self.wanted.get("client")
        asked = f"?client={client.pk}" if client else ""
        return _("Record an ad"), reverse("archives:ad_create") + asked

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        ways = [(name, label, name == self.way) for name, label in WAYS]
        return {**context, "shelves": shelves(context["rows"], self.way), "ways": ways}


class AdRows:
    """Mixin, put first: pages about one ad."""

    permission = RIGHT

    def rows(self):
        return Ad.objects.visible_to(self.request.user).beside().select_related("created_by")

    def client_of(self, ad):
        return ad.customer

    def may_enter(self):
        return can(self.request.user, self.permission, self.client, self.now, own=True)

    def get_crumbs(self):
        return crumbs(self.client)

    def get_cancel_url(self):
        return self.object.get_absolute_url()

    def get_success_url(self):
        return self.object.get_absolute_url()


def crumbs(client):
    wall = reverse("archives:ad_wall")
    if client is None:
        return [(_("Ads"), wall)]
    page = reverse("accounts:client_detail", args=[client.pk])
    return [(client.name, page), (_("Ads"), f"{wall}?client={client.pk}")]


class AdDetail(AdRows, ClientPlainPage):
    """What is known of an ad, its files, and the papers of its job."""

    permission = "accounts.view_client"
    template_name = "archives/ad_detail.html"

    def rows(self):
        return super().rows().with_files(self.request.user, self.now)

    def get_page_title(self):
        return self.object.title

    def job_papers(self):
        """The media plan says where it ran, the completion form what was delivered."""
        number = self.object.job_number
        if not number:
            return []
        kinds = [Kind.MEDIA_PLAN, Kind.COMPLETION_FORM, Kind.CREATIVE_BRIEF]
        papers = Document.objects.visible_to(self.request.user, self.now).in_force().light()
        return papers.filter(kind__in=kinds, job_numbers__job_number=number)

    def get_context_data(self, **kwargs):
        ad = self.object
        extra = {
            "ad": ad,
            "files": ad.shown_files,
            "job_papers": self.job_papers(),
            "tapes": ad.tapes.visible_to(self.request.user, self.now),
            "length": length_text(ad.length_s),
            "days": run_days(ad),
            "may_edit": can(self.request.user, RIGHT, self.client, self.now, own=True),
        }
        return super().get_context_data(**{**extra, **kwargs})


def run_days(ad):
    """How long it ran, in words; "" where the last day is not known."""
    if not ad.last_run:
        return ""
    days = (ad.last_run - ad.first_run).days + 1
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


class AdCreate(ClientAsked, ClientFormPage):
    """Any ad: of today, older than the system, by another agency, or a competitor's."""

    permission = RIGHT
    permission_on = OWN
    template_name = "archives/ad_form.html"
    form_class = forms.AdCreateForm
    page_title = gettext_lazy("Record an ad")
    button = gettext_lazy("Record it")
    done = gettext_lazy("Recorded. Its files can be added now.")
    object = None

    def may_enter(self):
        return can(self.request.user, RIGHT, self.client, self.now, own=True)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client}

    def get_initial(self):
        asked = self.request.GET
        return {name: asked[name] for name in ("competitor", "brand", "medium") if name in asked}

    def get_crumbs(self):
        return crumbs(self.client)

    def get_cancel_url(self):
        return reverse("archives:ad_wall")

    def act(self, form):
        return services.add_ad(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )


class AdUpdate(AdRows, ClientFormPage):
    permission_on = OWN
    form_class = forms.AdUpdateForm
    page_title = gettext_lazy("Edit ad")
    done = gettext_lazy("The ad is saved.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client, "ad": self.object}

    def get_initial(self):
        facts = {name: getattr(self.object, name) for name in FACTS}
        return {**facts, "tags": names_text(self.object.tags)}

    def act(self, form):
        return services.change_ad(
            ad=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class AdFile(AdRows, ClientFormPage):
    """Its files, streamed into the store: the film door (C20)."""

    permission_on = OWN
    form_class = forms.AdFileForm
    page_title = gettext_lazy("Add files")
    button = gettext_lazy("Add them")
    done = gettext_lazy("The files stand with the ad.")

    def get_page_lead(self):
        return self.object.title

    def act(self, form):
        files = form.cleaned_data["files"]
        for upload, key in zip(files, keys_of(form.cleaned_data["form_key"], files), strict=True):
            services.file_of_ad(
                ad=self.object, upload=upload, form_key=key, by=self.request.user, at=self.now
            )
        return self.object
