"""A contact's own page, and what was talked about with the person (R75)."""

from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.forms.note import NoteCreateForm, NoteForm
from accounts.models import ContactNote
from accounts.models.scope import local_day
from accounts.views.base import Found, OnClient
from accounts.views.parts import OnContact
from agency.common.views import FormPage, PlainPage

MOST_NOTES = 50


class ContactPage(OnContact, Found, PlainPage):
    permission = "accounts.view_client"
    template_name = "accounts/contact_detail.html"

    def get_page_title(self):
        return self.object.name

    def get_context_data(self, **kwargs):
        may_change = self.rights.can("accounts.change_client", self.client)
        extra = {
            "contact": self.object,
            "client": self.client,
            "may_change": may_change,
            "may_read_notes": self.request.user.role != "management",
            "talks": self.object.talks.select_related("created_by")[:MOST_NOTES],
            "note_form": new_note(self.now) if may_change else None,
        }
        return super().get_context_data(**{**extra, **kwargs})


def new_note(at, **more):
    return NoteCreateForm(initial={"on": local_day(at), "channel": "call"}, **more)


class AtContact:
    """Notes stand on the contact's page: there one comes back to."""

    def get_success_url(self):
        return self.contact.get_absolute_url()

    get_cancel_url = get_success_url


class NoteCreate(AtContact, OnContact, FormPage):
    """The URL's pk is the contact's."""

    form_class = NoteCreateForm
    page_title = _("What was talked about")
    button = _("Note it")
    done = _("Noted.")

    @property
    def contact(self):
        return self.object

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs

    def get_initial(self):
        return {"on": local_day(self.now), "channel": "call"}

    def act(self, form):
        return services.add_note(contact=self.contact, **self.by(form))


class NoteUpdate(AtContact, OnClient, FormPage):
    permission = "accounts.change_client"
    form_class = NoteForm
    page_title = _("What was talked about")
    button = _("Save note")
    done = _("The note is saved.")

    def rows(self):
        return ContactNote.objects.visible_to(self.request.user).select_related("contact__client")

    def client_of(self, row):
        return row.contact.client

    @property
    def contact(self):
        return self.object.contact

    def act(self, form):
        return services.change_note(note=self.object, **self.by(form))
