"""The reference file: what is often looked up, and clippings, by topic (R45)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from agency.common.nav import OWN
from agency.common.views import Column, ListPage
from archives.forms.reference import ReferenceFilter, ReferenceForm
from archives.kinds import REFERENCE_KINDS
from archives.reports.reference import references, topics
from archives.services.uploads import RIGHT, kinds_of
from archives.views.document import DocumentCreate

NO_TOPIC = "-"


class ReferenceList(ListPage):
    """Papers by topic; the topics stand beside them with their counts."""

    permission = "accounts.view_client"
    template_name = "archives/reference_list.html"
    page_title = _("Reference file")
    sheet_name = "reference"
    filter_form = ReferenceFilter
    sorts = {
        "topic": ("topic", "-dated_on", "-pk"),
        "date": ("dated_on", "pk"),
        "source": ("source", "pk"),
    }
    default_sort = "-date"
    empty_title = _("Nothing on file yet")
    empty_text = _("What is often looked up stands here by its topic, and what the press said.")
    columns = [
        Column(_("Title"), "title", url=True, small=lambda row: row.get_kind_display()),
        Column(_("Topic"), lambda row: row.topic or "–", sort="topic"),
        Column(_("Source"), "source", sort="source"),
        Column(_("Dated"), "dated_on", "date", sort="date"),
        Column(_("Client"), "client.name"),
    ]

    def rows(self):
        return references(self.request.user, self.now)

    def narrow(self, rows, q="", topic="", **wanted):
        rows = self.about(rows.filter(**wanted), q)
        return rows.filter(topic="" if topic == NO_TOPIC else topic) if topic else rows

    def about(self, rows, words):
        return rows.worded(words) if words else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def topics(self):
        """[(label, address, count, whether it is chosen)] within the other filters."""
        wanted = {name: value for name, value in self.wanted.items() if name != "topic"}
        asked, chosen = self.request.GET.copy(), self.wanted.get("topic")
        found = []
        for topic, count in topics(self.narrow(self.rows(), **wanted)):
            name = topic or NO_TOPIC
            asked.pop("page", None)
            asked["topic"] = "" if name == chosen else name
            label = topic or _("Without a topic")
            found.append((label, f"?{asked.urlencode()}", count, name == chosen))
        return found

    def get_first_step(self):
        may = self.request.user.has_perm(RIGHT, OWN)
        return (_("File a clipping"), reverse("archives:reference_create")) if may else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"topics": self.topics(), **kwargs})


class ReferenceCreate(DocumentCreate):
    """Quick filing: the same door as of every paper, with topic and source; departments too."""

    permission_on = OWN
    page_title = _("File a clipping or a reference")
    page_lead = _("With its topic anybody finds it again; the words in it are searched as well.")
    template_name = "archives/reference_form.html"
    form_class = ReferenceForm

    @cached_property
    def topics(self):
        rows = topics(references(self.request.user, self.now))
        return [topic for topic, _count in rows if topic]

    def get_form_kwargs(self):
        kinds = [kind for kind in kinds_of(self.request.user) if kind in REFERENCE_KINDS]
        return {**super().get_form_kwargs(), "kinds": kinds}

    def get_initial(self):
        topic = self.request.GET.get("topic", "")
        return {**super().get_initial(), "topic": "" if topic == NO_TOPIC else topic}

    def get_success_url(self):
        topic = urlencode({"topic": self.result.topic})
        return f"{reverse('archives:reference_list')}?{topic}"

    def get_cancel_url(self):
        return reverse("archives:reference_list")
