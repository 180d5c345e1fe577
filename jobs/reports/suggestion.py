"""Suggestions in figures, and what waits for a person with them (R76; reads only)."""

from collections import Counter, defaultdict

from django.db.models import Count, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.awaiting import Source
from accounts.models import Client
from agency.common.money import NOTHING
from jobs.models import Suggestion
from jobs.services.idealess import idealess

SHOWN = 80
State = Suggestion.State


def sums(rows):
    """(count of each state, [(currency, value of what was accepted)])."""
    counts, worth = Counter(), defaultdict(lambda: NOTHING)
    found = rows.order_by().values_list("state", "client__currency")
    for state, currency, count, value in found.annotate(Count("pk"), Sum("value")):
        counts[state] += count
        if state == State.ACCEPTED and value:
            worth[currency] += value
    return counts, sorted(worth.items())


def to_begin(mine, at):
    """The client wants it: its job is to be asked for."""
    rows = Suggestion.objects.without_job().filter(mine.where("by"))
    return rows.annotate(words=Left("idea", SHOWN))


def to_suggest(mine, at):
    """Active clients to whom nothing new was suggested for 60 days: their AE (R76)."""
    return idealess(Client.objects.filter(mine.in_post("ae", "pk")), mine.today)


SOURCES = (
    Source(
        "suggestion_job", to_begin, group=pgettext_lazy("suggestion", "Begin"),
        sentence=_("Accepted by the client: %(title)s"), button=_("Make a job of it"),
        url="jobs:suggestion_job", title="words", number="words",
        client="client__name", person="by",
    ),
    Source(
        "no_idea", to_suggest, group=pgettext_lazy("suggestion", "Suggest"),
        sentence=_("No new suggestion for 60 days: %(title)s"), button=_("New suggestion"),
        url="accounts:client_detail", title="name", number="code", client="name",
    ),
)  # fmt: skip
