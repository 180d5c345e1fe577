"""The brand archive: the page of a brand, its competitors, its strategy entries (R42, R82)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand
from accounts.views import about
from archives.forms.brand import CompetitorCreateForm, CompetitorForm, EntryForm, OnForm
from archives.kinds import Kind as Paper
from archives.models import Competitor, Document, StrategyEntry
from archives.papers import client_day
from archives.reports.brand import OWN, BrandLine
from archives.services import competitors, strategy
from archives.services.uploads import file_upload

Kind = StrategyEntry.Kind
RIGHT = "archives.edit_archive"
PAPER_KINDS = (
    Paper.STRATEGY, Paper.BRAINSTORM, Paper.QUARTERLY_REPORT, Paper.COMPETITOR_FILE,
    Paper.AD_GUIDELINE, Paper.CLIPPING, Paper.REFERENCE,
)  # fmt: skip
PAPERS_OFFERED = 30


def brand_url(brand):
    return reverse("archives:brand_detail", args=[brand.pk])


class InBrand(about.WithRights, about.InClient):
    """Mixin, put first: pages about a brand or a row of one."""

    permission = RIGHT

    def rows(self):
        rows = Brand.objects.visible_to(self.request.user)
        return rows.select_related("client__group")

    def brand_of(self, row):
        return row if isinstance(row, Brand) else row.brand

    def client_of(self, row):
        return self.brand_of(row).client

    @property
    def brand(self):
        return self.brand_of(self.object)

    def get_crumbs(self):
        tab = f"{self.client.get_absolute_url()}?tab=brand"
        crumbs = [(self.client.name, self.client.get_absolute_url()), (_("Brand & ads"), tab)]
        return crumbs if self.is_brand_page else [*crumbs, (self.brand.name, brand_url(self.brand))]

    is_brand_page = False

    def get_success_url(self):
        return brand_url(self.brand)

    def get_cancel_url(self):
        return brand_url(self.brand)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"brand": self.brand, **kwargs})


class BrandFormPage(InBrand, about.ClientFormPage):
    """A form about a brand's row; the address of a new row names the brand."""


class BrandPage(InBrand, about.ClientPlainPage):
    """The brand as it stood on a day, and its whole way as a line through time (R42, R43)."""

    permission = "accounts.view_client"
    template_name = "archives/brand_detail.html"
    is_brand_page = True

    def get_page_title(self):
        return self.brand.name

    def get_context_data(self, **kwargs):
        today = client_day(self.client, self.now)
        form = OnForm({"on": self.request.GET.get("on") or today})
        form.hide_optional, day = True, form.day
        extra = {
            "on_form": form,
            "day": day,
            "today": today,
            "line": BrandLine(self.brand, self.request.user, self.now, day),
            "may_edit": self.may(RIGHT),
            "may_sign": self.may(strategy.SIGN),
        }
        return super().get_context_data(**{**extra, **kwargs})


class CompetitorCreate(BrandFormPage):
    form_class = CompetitorCreateForm
    page_title = _("New competitor")
    button = _("Add competitor")
    done = _("The competitor is added.")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs

    def act(self, form):
        return competitors.create_competitor(brand=self.brand, **self.who(), **form.cleaned_data)


class CompetitorUpdate(BrandFormPage):
    form_class = CompetitorForm
    page_title = _("Edit competitor")
    done = _("The competitor is saved.")

    def rows(self):
        rows = Competitor.objects.visible_to(self.request.user)
        return rows.select_related("brand__client__group")

    def act(self, form):
        return competitors.update_competitor(
            competitor=self.object, **self.who(), **form.cleaned_data
        )


class EntryCreate(BrandFormPage):
    """A new entry; what it takes the place of is shown beside it and stays readable."""

    form_class = EntryForm
    template_name = "archives/strategy_form.html"
    page_title = _("New strategy entry")
    button = _("Enter it")
    done = _("The entry stands in the brand's line.")

    @cached_property
    def former(self):
        """An earlier entry of the brand whose words one begins from (?like=12)."""
        asked = self.request.GET.get("like", "")
        rows = StrategyEntry.objects.filter(brand=self.brand)
        return rows.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None

    def get_initial(self):
        initial = {"valid_from": client_day(self.client, self.now)}
        kind = self.request.GET.get("kind", "")
        if self.former:
            kind = key_of(self.former)
            initial["text"] = self.former.text
        return {**initial, "kind": kind}

    def get_form_kwargs(self):
        may_draft = strategy.may_draft(self.request.user, self.client, self.now)
        offered = {
            "kinds": [kind for kind in OWN if may_draft or kind != Kind.SUMMARY],
            "competitors": self.brand.competitors.all(),
            "papers": self.papers(),
        }
        return {**super().get_form_kwargs(), **offered}

    def papers(self):
        rows = Document.objects.visible_to(self.request.user, self.now).in_force()
        rows = rows.filter(client=self.client, kind__in=PAPER_KINDS)
        return list(rows.light()[:PAPERS_OFFERED])

    def act(self, form):
        upload, typed = form.cleaned_data["file"], form.entry()
        if not upload:
            return strategy.add_entry(brand=self.brand, **self.who(), **typed)
        return file_upload(
            client=self.client, kind=Paper.STRATEGY, upload=upload, face=Document.Face.INTERNAL,
            dated_on=typed["valid_from"], brand=self.brand, form_key=typed["form_key"],
            then=lambda paper: self.enter(paper, typed), **self.who(),
        )  # fmt: skip

    def enter(self, paper, typed):
        papers = [*typed.pop("documents", ()), paper]
        return strategy.add_entry(brand=self.brand, documents=papers, **self.who(), **typed)


def key_of(entry):
    """The entry's sort as the form sends it."""
    return f"c{entry.competitor_id}" if entry.competitor_id else entry.kind


class OnEntry(InBrand):
    def rows(self):
        rows = StrategyEntry.objects.visible_to(self.request.user)
        return rows.select_related("brand__client__group", "competitor", "author", "signed_by")

    @property
    def entry(self):
        return self.object


class EntryPage(OnEntry, about.ClientPlainPage):
    """One entry in full, with the papers it rests on."""

    permission = "accounts.view_client"
    template_name = "archives/strategy_detail.html"

    def get_page_title(self):
        return str(self.entry)

    def get_context_data(self, **kwargs):
        entry, user = self.entry, self.request.user
        extra = {
            "entry": entry,
            "papers": Document.objects.visible_to(user, self.now).filter(strategy=entry).light(),
            "may_edit": self.may(RIGHT),
            "may_sign": entry.is_waiting and user in strategy.signers(entry, self.now),
        }
        return super().get_context_data(**{**extra, **kwargs})


class EntrySign(OnEntry, about.ClientVerbView):
    """The AD's signature under the summary (R82)."""

    permission = strategy.SIGN
    template_name = "archives/strategy_sign.html"
    page_title = _("Sign the brand strategy summary")
    consequence = _("From its day on it is what counts for the brand, under your name.")
    button = _("Sign it")
    done = _("The summary is signed and in force.")

    def act(self, form):
        return strategy.sign_summary(entry=self.entry, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return self.entry.get_absolute_url()

    get_cancel_url = get_success_url
