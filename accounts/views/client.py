"""Clients: the list, the page, making, changing, rest and close (R92)."""

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import reports, services
from accounts.duty import OnDuty
from accounts.forms.client import ClientCreateForm, ClientFilter, ClientForm
from accounts.models import Assignment, Client
from accounts.models.scope import local_day
from accounts.trail_values import label_text
from accounts.trail_words import act_text, changed_text
from accounts.views.base import OnClient
from agency.common.forms import ReasonForm, VerbForm
from agency.common.models import AuditEntry
from agency.common.views import Column, FormPage, ListPage, PlainPage, VerbView

TONES = {"prospect": "accent", "active": "green", "resting": "amber"}


def lead(role):
    """The name of whoever leads in the role today, from the rows the list has fetched."""

    def name(client):
        return next((row.user.name for row in client.leads if row.role == role), None)

    return name


class ClientList(ListPage):
    permission = "accounts.view_client"
    page_title = _("Clients")
    columns = [
        Column(_("Client"), "name", sort="name", url=True),
        Column(_("Code"), "code", "code", sort="code"),
        Column(_("Sector"), "sector"),
        Column(_("Account group"), "group.name", sort="group"),
        Column(_("AD"), lead("ad")),
        Column(_("AM"), lead("am")),
        Column(_("AE"), lead("ae")),
        Column(
            _("Status"), "get_status_display", "badge", tone=lambda row: TONES.get(row.status, "")
        ),
    ]
    sorts = {"name": "name", "code": "code", "group": ("group__name", "name")}
    default_sort = "name"
    filter_form = ClientFilter
    sheet_name = "clients"
    empty_title = _("No clients yet")
    empty_text = _("The clients you serve stand here, with who is in charge of them.")

    def rows(self):
        leads = Assignment.objects.leads().on(local_day(self.now)).select_related("user")
        rows = Client.objects.visible_to(self.request.user).select_related("group")
        return rows.prefetch_related(Prefetch("assignments", leads, to_attr="leads"))

    def narrow(self, rows, q="", status="", group=None, mine=False):
        if q:
            rows = rows.filter(Q(name__icontains=q) | Q(name_en__icontains=q) | Q(code__iexact=q))
        rows = rows.filter(status=status) if status else rows
        rows = rows.filter(group=group) if group else rows
        return rows.served_by(self.request.user, self.now) if mine else rows

    def get_first_step(self):
        if self.request.user.has_perm("accounts.manage_contract"):
            return (_("New client"), reverse("accounts:client_create"))
        return None


class ClientPage(OnClient, PlainPage):
    """Header and tabs; meetings and folder are drawn by the apps that own them."""

    permission = "accounts.view_client"
    template_name = "accounts/client_detail.html"
    TABS = [
        ("overview", _("Overview")),
        ("meetings", _("Meetings")),
        ("jobs", _("Jobs")),
        ("budget", _("Budget")),
        ("folder", _("Folder")),
        ("brand", _("Brand & ads")),
        ("people", _("People")),
    ]

    def get_page_title(self):
        return self.client.get_display_name(self.request.user.language)

    def get_crumbs(self):
        return [(_("Clients"), reverse("accounts:client_list"))]

    @cached_property
    def team(self):
        return OnDuty(self.client, self.now)

    @cached_property
    def tabs(self):
        """A department sees no money of the client (4.2)."""
        sees_money = self.rights.can("budgets.view_money", self.client)
        return [tab for tab in self.TABS if sees_money or tab[0] != "budget"]

    @property
    def tab(self):
        asked = self.request.GET.get("tab", "")
        return asked if asked in dict(self.tabs) else "overview"

    def get_context_data(self, **kwargs):
        may = {
            "change": self.rights.can("accounts.change_client", self.client),
            "contract": self.rights.can("accounts.manage_contract", self.client),
            "assign": self.rights.can("accounts.assign", self.client),
            "audit": self.rights.can("accounts.view_audit", self.client),
            "terms": self.rights.can("budgets.view_money", self.client),
            "run": self.rights.can("meetings.run_meeting", self.client),
            "log": self.rights.can("meetings.log_call", self.client),
        }
        extra = {"client": self.client, "tabs": self.tabs, "tab": self.tab, "may_do": may}
        extra["team"] = reports.team(self.team.rows)
        extra["brand_names"] = [brand for brand in self.brands if brand.is_active]
        return super().get_context_data(**{**kwargs, **extra, **self.tab_context()})

    @cached_property
    def brands(self):
        """With their products where the page shows them."""
        rows = self.client.brands.all()
        return rows.with_products() if self.tab == "overview" else rows

    def tab_context(self):
        if self.tab == "overview":
            rows = list(self.client.contracts.order_by("is_archived", "-starts_on", "-pk"))
            today = local_day(self.now)
            in_force = next((row for row in rows if row.covers(today)), None)
            return {"brands": self.brands, "contracts": rows, "in_force": in_force}
        if self.tab == "people":
            today = local_day(self.now)
            rows = self.client.assignments.select_related("user").order_by("-starts_on", "-pk")
            return {
                "contacts": self.client.contacts.all(),
                "past": rows.filter(ends_on__lt=today),
                "coming": rows.filter(starts_on__gt=today),
            }
        return {}


class ClientCreate(FormPage):
    permission = "accounts.manage_contract"
    form_class = ClientCreateForm
    page_title = _("New client")
    button = _("Create client")
    done = _("The client is created. Now name who serves it.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}

    def act(self, form):
        return services.create_client(by=self.request.user, at=self.now, **form.cleaned_data)

    def get_cancel_url(self):
        return reverse("accounts:client_list")


class ClientUpdate(OnClient, FormPage):
    permission = "accounts.view_client"
    form_class = ClientForm
    page_title = _("Edit client")
    button = _("Save client")
    done = _("The client is saved.")

    def rows(self):
        return Client.objects.visible_to(self.request.user)

    def client_of(self, row):
        return row

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not (self.may_change or self.may_set_terms):
            self.permission = "accounts.change_client"
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_change(self):
        return self.rights.can("accounts.change_client", self.client)

    @cached_property
    def may_set_terms(self):
        return self.rights.can("accounts.manage_contract", self.client)

    def get_form_kwargs(self):
        may = {"may_change": self.may_change, "may_set_terms": self.may_set_terms}
        return {**super().get_form_kwargs(), **may}

    def act(self, form):
        return services.update_client(client=self.object, **self.by(form))


class ClientStatus(OnClient, VerbView):
    """One page a status: rest and close ask why."""

    permission = "accounts.manage_contract"
    status = ""
    WORDS = {
        "active": (_("Take up the client"), _("Work goes on; clocks count again."), _("Take up")),
        "resting": (
            _("Put the client to rest"),
            _("Nothing is lost: everything stays findable, and reports still fall due."),
            _("Put to rest"),
        ),
        "closed": (
            _("Close the client"),
            _("The client leaves the lists of work. Every paper stays findable."),
            _("Close client"),
        ),
    }

    def rows(self):
        return Client.objects.visible_to(self.request.user)

    def client_of(self, row):
        return row

    @property
    def grave(self):
        return self.status == "closed"

    def get_form_class(self):
        return VerbForm if self.status == "active" else ReasonForm

    def get_page_title(self):
        return self.WORDS[self.status][0]

    def get_consequence(self):
        return self.WORDS[self.status][1]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"button": self.WORDS[self.status][2], **kwargs})

    def act(self, form):
        return services.set_client_status(client=self.object, status=self.status, **self.by(form))


class ClientAudit(OnClient, ListPage):
    """Who did what here, the newest first."""

    permission = "accounts.view_audit"
    page_title = _("Trail")
    columns = [
        Column(_("When"), "at", "moment", sort="at"),
        Column(_("Who"), lambda row: row.actor or row.contact_name or _("System"), "short"),
        Column(_("For"), "behalf_of", "short"),
        Column(_("Act"), act_text),
        Column(_("What"), label_text),
        Column(_("Changed"), changed_text),
        Column(_("From address"), "ip", "code"),
    ]
    sorts = {"at": ("at", "pk")}
    default_sort = "-at"
    sheet_name = "trail"

    def rows(self):
        rows = AuditEntry.objects.filter(client_code=self.client.code)
        return rows.select_related("actor", "behalf_of")
