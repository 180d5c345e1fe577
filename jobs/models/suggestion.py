from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand, Client, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator
from jobs.models.job import Job

CUT = 60


class SuggestionQuerySet(MoneyQuerySet):
    def open(self):
        """The client has not answered yet."""
        return self.filter(state__in=[Suggestion.State.IDEA, Suggestion.State.PROPOSED])

    def without_job(self):
        """Wanted by the client, and no job has come of it yet."""
        return self.filter(state=Suggestion.State.ACCEPTED, job__isnull=True)


class Suggestion(EditedRow, FormKeyed):
    """What we propose to the client unasked (主动建议): initiative is counted (R76)."""

    class Origin(models.TextChoices):
        PRESS = "press", _("Press check")
        COMPETITOR = "competitor", _("Competitor")
        BUDGET = "budget", _("Budget remark")
        BRAINSTORM = "brainstorm", _("Brainstorm")
        CLIENT = "client", _("Client")
        OTHER = "other", pgettext_lazy("suggestion", "Other")

    class State(models.TextChoices):
        IDEA = "idea", pgettext_lazy("suggestion", "Idea")
        PROPOSED = "proposed", pgettext_lazy("suggestion", "Proposed")
        ACCEPTED = "accepted", pgettext_lazy("suggestion", "Accepted")
        DECLINED = "declined", pgettext_lazy("suggestion", "Declined")

    TONES = {State.IDEA: "accent", State.PROPOSED: "amber", State.ACCEPTED: "green"}

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="suggestions", verbose_name=_("client")
    )
    brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand")
    )
    idea = models.TextField(_("idea"), validators=[plain_validator])
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.IDEA)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    # What the client said.
    result = models.TextField(_("result"), blank=True, validators=[plain_validator])
    value = MoneyField(_("value"), null=True, blank=True)
    job = models.OneToOneField(
        Job, models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name=_("job")
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-created_at"], name="suggestion_of_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="idea", proposed_on__isnull=True)
                | ~Q(state="idea") & Q(proposed_on__isnull=False),
                name="suggestion_proposed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(decided_on__isnull=False),
                name="suggestion_decided_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(result=""),
                name="suggestion_declined_has_result",
            ),
            models.CheckConstraint(
                condition=Q(job__isnull=True) | Q(state="accepted"),
                name="suggestion_of_job_accepted",
            ),
        ]

    def __str__(self):
        line = " ".join(self.idea.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self):
        return reverse("jobs:suggestion_detail", args=[self.pk])

    @property
    def is_open(self):
        return self.state in (self.State.IDEA, self.State.PROPOSED)

    @property
    def tone(self):
        return self.TONES.get(self.state, "")


def with_last_idea(clients):
    """`idea_since` beside each client: its newest suggestion, before the first its entry."""
    newest = Suggestion.objects.filter(client=OuterRef("pk")).order_by("-created_at")
    since = Coalesce(Subquery(newest.values("created_at")[:1]), F("created_at"))
    return clients.annotate(idea_since=since)
