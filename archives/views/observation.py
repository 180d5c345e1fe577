"""Observations of markets and competitors: the list, one of them, noted, changed, removed (R48)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import can
from accounts.views.about import (
    ClientFormPage,
    ClientPlainPage,
    ClientVerbView,
    VerbAsks,
    crumbs_of,
)
from accounts.views.asked import ClientAsked
from agency.common.tables import Column
from agency.common.views import ListPage
from archives.forms.observation import (
    WITH,
    ObservationCreateForm,
    ObservationFilter,
    ObservationForm,
)
from archives.models import Observation
from archives.papers import client_day
from archives.reports.evidence import abouts, evidence
from archives.services import observations as service

RIGHT = service.RIGHT


class ObservationList(ListPage):
    permission = "accounts.view_client"
    template_name = "archives/list.html"
    page_title = _("Observations")
    page_lead = _("What was seen of markets and competitors; the quarterly report draws on it.")
    sheet_name = "observations"
    filter_form = ObservationFilter
    sorts = {
        "on": ("on", "pk"),
        "client": ("brand__client__code", "-on"),
        "competitor": ("competitor__name", "-on"),
        "spend": ("spend", "pk"),
    }
    default_sort = "-on"
    empty_title = _("No observations yet")
    empty_text = _("A new film, a price, a launch: note it on the day it is seen.")

    def get_columns(self):
        return [
            Column(pgettext_lazy("observation", "Seen on"), "on", "date", sort="on"),
            Column(_("Client"), "client", "short", sort="client"),
            Column(_("Brand"), "brand.name", "short"),
            Column(_("Competitor"), "competitor.name", "short", sort="competitor"),
            Column(_("Kind"), "get_kind_display", "short"),
            Column(_("What was seen"), lambda row: row.text[:120], url=True),
            Column(_("Source"), "source"),
            Column(_("Estimated spend"), "spend", "money", sort="spend"),
            Column(
                _("Currency"),
                lambda row: row.client.currency if row.spend is not None else "",
                "code",
            ),
            Column(_("Evidence"), lambda row: row.shown or "", url=evidence_url),
            Column(_("Noted by"), "seen_by.name", "short"),
        ]

    def rows(self):
        return Observation.objects.visible_to(self.request.user, self.now).beside()

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def narrow(self, rows, client=None, since=None, until=None, evidence="", **wanted):
        rows = rows.of_client(client) if client else rows
        rows = rows.filter(on__gte=since) if since else rows
        rows = rows.filter(on__lte=until) if until else rows
        if evidence:
            shown = rows.evidenced()
            rows = shown if evidence == WITH else rows.exclude(pk__in=shown.values("pk"))
        return rows.filter(**wanted)

    def get_first_step(self):
        may = self.request.user.has_perm(RIGHT)
        return (_("Note an observation"), reverse("archives:observation_create")) if may else None


def evidence_url(row):
    return row.shown.get_absolute_url() if row.shown else ""


class OnObservation:
    """Mixin: pages about one observation."""

    permission = RIGHT

    def rows(self):
        rows = Observation.objects.visible_to(self.request.user, self.now).beside()
        return rows.select_related(
            "brand__client__group", "competitor", "ad", "document", "seen_by"
        )

    def get_crumbs(self):
        return crumbs_of(self.client, _("Observations"), reverse("archives:observation_list"))

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()


class ObservationDetail(OnObservation, ClientPlainPage):
    template_name = "archives/observation_detail.html"
    permission = "accounts.view_client"

    def get_page_title(self):
        return str(self.object.about)

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        may_edit = can(user, RIGHT, self.client, self.now) and not service.is_named(row)
        seen = self.client.quarterly_reports.visible_to(user, self.now)
        reports = row.rows.filter(report__in=seen)
        extra = {
            "row": row,
            "may_edit": may_edit,
            "reports": [one.report for one in reports.select_related("report__client")],
        }
        return super().get_context_data(**{**extra, **kwargs})


class ObservationFieldsPage:
    """Mixin: the form of a new one and of a change."""

    template_name = "archives/observation_form.html"

    @cached_property
    def abouts(self):
        return abouts(self.client)

    def get_form_kwargs(self):
        shown = evidence(self.client, self.request.user, self.now, self.object)
        return {**super().get_form_kwargs(), "about": self.abouts, "shown": shown}

    def get_context_data(self, **kwargs):
        bare = bool(self.client) and not self.abouts
        return super().get_context_data(**{"bare": bare, **kwargs})


class ObservationCreate(ClientAsked, ObservationFieldsPage, ClientFormPage):
    permission = RIGHT
    form_class = ObservationCreateForm
    page_title = _("Note an observation")
    button = _("Note it")
    done = _("The observation is noted.")
    object = None

    def may_enter(self):
        return can(self.request.user, RIGHT, self.client, self.now)

    def get_crumbs(self):
        return crumbs_of(self.client, _("Observations"), reverse("archives:observation_list"))

    def get_cancel_url(self):
        return reverse("archives:observation_list")

    def get_initial(self):
        asked = self.request.GET
        about = asked.get("about", "")
        return {"on": client_day(self.client, self.now), "about": about, "kind": "campaign"}

    def act(self, form):
        typed = form.values()
        file = typed.pop("file")
        return service.note(file=file, by=self.request.user, at=self.now, **typed)


class ObservationUpdate(ObservationFieldsPage, VerbAsks, OnObservation, ClientFormPage):
    form_class = ObservationForm
    page_title = _("Change the observation")
    done = _("The observation is saved.")
    clients = ()

    def get_initial(self):
        row = self.object
        about = f"c{row.competitor_id}" if row.competitor_id else f"b{row.brand_id}"
        shown = f"d{row.document_id}" if row.document_id else f"a{row.ad_id}" if row.ad_id else ""
        facts = {name: getattr(row, name) for name in ("on", "kind", "text", "source", "spend")}
        return {**facts, "about": about, "shown": shown}

    def act(self, form):
        return service.update_observation(
            observation=self.object, by=self.request.user, at=self.now, **form.values()
        )


class ObservationRemove(VerbAsks, OnObservation, ClientVerbView):
    page_title = _("Remove the observation")
    consequence = _("For what was noted by mistake. The paper that shows it stays in the folder.")
    button = _("Remove it")
    keep = _("Keep it")
    done = _("The observation is removed.")

    def act(self, form):
        return service.remove_observation(
            observation=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )

    def get_success_url(self):
        return f"{reverse('archives:observation_list')}?client={self.client.pk}"
