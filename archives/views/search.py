"""Any paper within 180 seconds: one box, the hits while one types, counts to narrow them (R39)."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from agency.common.views import PlainPage
from archives import services
from archives.kinds import Compartment, Kind
from archives.models import Document, SavedSearch
from archives.reports.saved import called
from archives.search import question as questions
from archives.search.groups import groups
from archives.search.hits import PER_PAGE, Found, find
from archives.search.meant import meant
from archives.search.narrowing import CHOICES, Asked, chosen_of, conditions, narrowed

ELAPSED = "X-Find-Elapsed"  # milliseconds since the first key
SHOWN = 12
LAST_PAGE = 500


class Facet:
    """A group of links that narrow the hits: [(label, address, count, whether it is chosen)]."""

    def __init__(self, label, name, counts, labels, page):
        self.label, self.name, self.page = label, name, page
        rows = sorted(counts.items(), key=lambda row: (-row[1], str(row[0])))[:SHOWN]
        self.links = [self.link(value, count, labels) for value, count in rows if value]

    def link(self, value, count, labels):
        is_chosen = self.page.chosen.get(self.name) == value
        address = self.page.address(**{self.name: None if is_chosen else value})
        return labels.get(value, value), address, count, is_chosen


class SearchPage(PlainPage):
    """Hits of the question in `q`, narrowed by client, part, kind, year, state and face."""

    permission = "accounts.view_client"
    template_name = "archives/search.html"
    part_name = "archives/_hits.html"
    page_title = _("Find a paper")

    @cached_property
    def question(self):
        return questions.read(self.request.GET.get("q", ""))

    @cached_property
    def chosen(self):
        """What the facets have narrowed to; a value that is none narrows nothing."""
        return chosen_of(self.request.GET)

    @cached_property
    def number(self):
        asked = self.request.GET.get("page", "")
        return min(max(int(asked), 1), LAST_PAGE) if asked[:6].isdecimal() else 1

    @cached_property
    def found(self):
        if not (self.question or self.chosen):
            return Found()
        user, today = self.request.user, timezone.localdate(self.now)
        wanted = conditions(self.question, Asked(user, self.now)) & narrowed(self.chosen)
        return find(self.question, user, self.now, today, self.number, wanted)

    def noted(self):
        """The stopwatch runs from the first key in the box (9.3)."""
        if not self.question:
            return None
        return services.note_search(
            user=self.request.user,
            query=self.question.text,
            facets=self.chosen,
            results=self.found.total,
            typed_for=timedelta(milliseconds=self.elapsed()),
            at=self.now,
        )

    def elapsed(self):
        sent = self.request.headers.get(ELAPSED, "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0

    def address(self, **changes):
        """This page with other choices, from its first hit."""
        asked = self.request.GET.copy()
        for name, value in {"page": None, **changes}.items():
            asked.pop(name, None)
            if value is not None:
                asked[name] = value
        return f"?{asked.urlencode()}"

    def facets(self):
        counts = self.found.facets
        kinds = counts.get("kind", Counter())
        parts = Counter()
        for kind, count in kinds.items():
            parts[Compartment.of(kind).value] += count
        groups = [
            (_("Client"), "client", counts.get("client_id", {}), self.clients()),
            (_("Compartment"), "part", parts, dict(Compartment.choices)),
            (_("Kind"), "kind", kinds, dict(Kind.choices)),
            (_("Year"), "year", counts.get("year", {}), {}),
            (_("State"), "state", counts.get("state", {}), dict(Document.State.choices)),
            (_("Face"), "face", counts.get("face", {}), dict(Document.Face.choices)),
        ]
        return [Facet(*group, self) for group in groups if group[2]]

    def clients(self):
        rows = Client.objects.filter(pk__in=[key for key in self.found.facets["client_id"] if key])
        return {str(row.pk): row.name for row in rows}

    def others(self):
        """What stands above the papers, as long as nothing is asked of papers alone."""
        if self.chosen or self.number > 1:
            return []
        return groups(self.question, self.request.user, self.now)

    @cached_property
    def kept(self):
        """The person's own searches, to be asked again."""
        return list(SavedSearch.objects.of(self.request.user))

    def is_same(self, row):
        return (row.query, row.facets) == (self.question.text, self.chosen)

    def get_context_data(self, **kwargs):
        found = self.found
        is_asked = bool(self.question or self.chosen)
        is_missed = is_asked and not found.total
        extra = {
            "question": self.question,
            "session": self.noted(),
            "is_asked": is_asked,
            "found": found,
            "groups": self.others(),
            "facets": self.facets() if found.total else [],
            "meant": meant(self.question, self.request.user, self.now) if is_missed else "",
            "before": self.address(page=self.number - 1) if self.number > 1 else "",
            "after": self.address(page=self.number + 1)
            if self.number * PER_PAGE < found.total
            else "",
            "cleared": self.address(**dict.fromkeys(CHOICES)) if self.chosen else "",
            "carried": self.chosen.items(),
            "kept": called(self.kept) if not is_asked else [],
            "is_kept": any(self.is_same(row) for row in self.kept),
        }
        return super().get_context_data(**{**extra, **kwargs})
