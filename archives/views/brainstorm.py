"""Brainstorms: called, written down, decided, their record filed (R43, R82)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast
from accounts.views import about
from agency.common.forms import ReasonForm
from agency.common.nav import OWN
from archives.forms.brainstorm import (
    BrainstormCreateForm,
    BrainstormForm,
    DecideForm,
    IdeaCreateForm,
    IdeaForm,
)
from archives.models import Brainstorm, Document, Idea
from archives.services import brainstorm as services
from archives.services import brainstorm_record as recording
from archives.views.brand import RIGHT, BrandFormPage, InBrand

FACTS = ("question", "on", "ended_at", "chair_reason", "job_number")
HOUR = timedelta(hours=1)


def key_of(user):
    return f"u{user.pk}"


class OnStorm(InBrand):
    """Mixin, put first: pages about one brainstorm or an idea of it."""

    def rows(self):
        rows = Brainstorm.objects.visible_to(self.request.user)
        return rows.select_related("brand__client__group", "chair", "document")

    def storm_of(self, row):
        return row

    @property
    def storm(self):
        return self.storm_of(self.object)

    def brand_of(self, row):
        return self.storm_of(row).brand

    @cached_property
    def people(self):
        return list(self.storm.people.order_by("pk"))

    def get_success_url(self):
        return self.storm.get_absolute_url()

    get_cancel_url = get_success_url

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"storm": self.storm, **kwargs})


class Unfiled:
    """Mixin: what is filed is read, not written."""

    def rows(self):
        return super().rows().filter(filed_at__isnull=True)


class StormFields:
    """Mixin: the form of a new one and of a change."""

    permission = RIGHT
    template_name = "archives/brainstorm_form.html"

    def named(self):
        return []

    def get_form_kwargs(self):
        cast = Cast(self.client, self.now, me=self.request.user, also=self.named())
        return {**super().get_form_kwargs(), "cast": cast}


class StormCreate(StormFields, BrandFormPage):
    """The address names the brand."""

    form_class = BrainstormCreateForm
    page_title = _("New brainstorm")
    button = _("Enter the brainstorm")
    done = _("The brainstorm is entered. Its ideas are noted on this page.")

    def get_initial(self):
        begins = timezone.localtime(self.now).replace(minute=0, second=0, microsecond=0)
        return {"on": begins, "ended_at": begins + HOUR}

    def act(self, form):
        return services.create_brainstorm(brand=self.brand, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return self.result.get_absolute_url()


class StormUpdate(Unfiled, StormFields, OnStorm, about.ClientFormPage):
    form_class = BrainstormForm
    page_title = _("Edit brainstorm")
    button = _("Save brainstorm")
    done = _("The brainstorm is saved.")

    def named(self):
        return [self.storm.chair, *self.people]

    def get_initial(self):
        facts = {name: getattr(self.storm, name) for name in FACTS}
        people = [key_of(person) for person in self.people]
        return {**facts, "chair": key_of(self.storm.chair), "people": people}

    def act(self, form):
        return services.update_brainstorm(brainstorm=self.storm, **self.who(), **form.cleaned_data)


class StormPage(OnStorm, about.ClientPlainPage):
    """Who, what question, the ideas under their names, what was chosen, what is next."""

    permission = "accounts.view_client"
    template_name = "archives/brainstorm_detail.html"

    def get_page_title(self):
        return _("Brainstorm")

    def get_context_data(self, **kwargs):
        storm, may_edit = self.storm, self.may(RIGHT)
        is_open = storm.filed_at is None
        extra = {
            "people": sorted(self.people, key=lambda one: one.pk != storm.chair_id),
            "ideas": storm.ideas.select_related("by"),
            "may_edit": may_edit and is_open,
            "may_reopen": may_edit and not is_open,
            "gaps": recording.gaps(storm, self.now) if may_edit and is_open else [],
            "due_at": services.due_at(storm),
            "papers": Document.objects.visible_to(self.request.user, self.now).light().filter(
                number=storm.document.number) if storm.document else [],
            "idea_form": self.idea_form() if is_open else None,
        }  # fmt: skip
        return super().get_context_data(**{**extra, **kwargs})

    def idea_form(self):
        people = offered(self, self.storm, self.people)
        return IdeaCreateForm(people=people, initial=whose_first(self, people)) if people else None


def offered(page, storm, people):
    """Whose ideas the person may note: everybody's, of a department its own (4.2)."""
    if page.may(RIGHT):
        return people
    is_there = page.request.user in people
    may = page.rights.can(RIGHT, page.client, own=is_there)
    return [person for person in people if may and person == page.request.user]


def whose_first(page, people):
    user = page.request.user
    return {"whose": key_of(user)} if user in people else {}


class IdeaPage(OnStorm, about.ClientFormPage):
    """A form about an idea; a department writes its own."""

    permission_on = OWN
    template_name = "archives/idea_form.html"

    @cached_property
    def offered(self):
        return offered(self, self.storm, self.people)

    def may_enter(self):
        return bool(self.offered)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": self.offered}


class IdeaCreate(Unfiled, IdeaPage):
    """The address names the brainstorm."""

    form_class = IdeaCreateForm
    page_title = _("Note an idea")
    button = _("Note it")

    def get_initial(self):
        return whose_first(self, self.offered)

    def act(self, form):
        return services.add_idea(brainstorm=self.storm, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return f"{self.storm.get_absolute_url()}#ideas"


class IdeaUpdate(IdeaPage):
    form_class = IdeaForm
    page_title = _("Change the idea")
    done = _("The idea is saved.")

    def rows(self):
        rows = Idea.objects.visible_to(self.request.user)
        rows = rows.filter(brainstorm__filed_at__isnull=True)
        return rows.select_related("by", "brainstorm__brand__client__group")

    def storm_of(self, row):
        return row.brainstorm

    def may_enter(self):
        is_mine = self.object.by_id == self.request.user.pk
        return self.may(RIGHT) or (is_mine and super().may_enter())

    def get_initial(self):
        return {"text": self.object.text, "whose": key_of(self.object.by)}

    def act(self, form):
        return services.change_idea(idea=self.object, **self.who(), **form.cleaned_data)


class StormDecide(Unfiled, OnStorm, about.ClientFormPage):
    form_class = DecideForm
    page_title = _("Choose and decide")
    button = _("Save the decision")
    done = _("Chosen ideas and next step are saved.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "ideas": list(self.storm.ideas.all())}

    def get_initial(self):
        chosen = [f"{idea.pk}" for idea in self.storm.ideas.all() if idea.is_chosen]
        return {"chosen": chosen, "next_step": self.storm.next_step}

    def act(self, form):
        typed = {"chosen": [], **form.cleaned_data}
        return services.decide(brainstorm=self.storm, **self.who(), **typed)


class StormFile(Unfiled, OnStorm, about.ClientVerbView):
    page_title = _("File the record")
    consequence = _(
        "The record is printed and filed in the client's folder; it can then be found by every word"
        " in it. It is corrected only with a reason, as a new revision."
    )
    button = _("File the record")
    done = _("The record is filed.")

    def act(self, form):
        return recording.file_record(brainstorm=self.storm, **self.who(), **form.cleaned_data)


class StormReopen(OnStorm, about.ClientVerbView):
    form_class = ReasonForm
    page_title = _("Correct the record")
    consequence = _("The filed paper stays in force until the corrected record is filed.")
    button = _("Open the record")
    done = _("The record is open.")

    def rows(self):
        return super().rows().filter(filed_at__isnull=False)

    def act(self, form):
        return recording.reopen_record(brainstorm=self.storm, **self.who(), **form.cleaned_data)
