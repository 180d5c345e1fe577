from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models.client import Client
from accounts.models.scope import ScopedQuerySet, covered, on_day
from accounts.models.user import RANKS, User
from agency.common.context import once
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


DAYS = DateRange(F("starts_on"), F("ends_on"), Value("[]"))


class DaysQuerySet(models.QuerySet):
    """For rows that count from one day to another, both included."""

    def on(self, day):
        return self.filter(on_day(day))

    def overlapping(self, first, last=None):
        """Rows that share a day with first to last; without a last day, with any day after."""
        rows = self.until_after(first)
        return rows if last is None else rows.filter(starts_on__lte=last)

    def until_after(self, day):
        """Rows that have not ended before the day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class AssignmentQuerySet(DaysQuerySet, ScopedQuerySet):
    def leads(self):
        return self.filter(is_lead=True)

    def held_by(self, user_id, day):
        """The person's own on the day, and those of people he stands in for then (4.4)."""
        return self.filter(Q(user=user_id) | covered(user_id, day)).on(day)


class Assignment(EditedRow, FormKeyed):
    """Who serves which client, as what, and since when. The role here is the rank used (4.1)."""

    class Role(models.TextChoices):
        AE = "ae", _("Account executive")
        AM = "am", _("Account manager")
        AD = "ad", _("Account director")
        GAD = "gad", _("Group account director")
        DEPARTMENT = "department", _("Department")

    client = models.ForeignKey(Client, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(
        User, models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    role = models.CharField(_("as"), max_length=12, choices=Role)
    is_lead = models.BooleanField(_("lead"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["client", "role", "-is_lead", "starts_on"]
        indexes = [models.Index(fields=["user", "starts_on"], name="assignment_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_days_in_order",
                violation_error_message=_("The last day lies before the first."),
                violation_error_code="ends_on",
            ),
            ExclusionConstraint(
                name="assignment_one_lead_a_day",
                violation_error_message=_("Somebody else is lead in this role on these days."),
                violation_error_code="is_lead",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(is_lead=True),
            ),
            ExclusionConstraint(
                name="assignment_once_a_day",
                violation_error_message=_(
                    "This person is assigned to the client on these days already."
                ),
                violation_error_code="user",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.client} · {self.get_role_display()}"


class StandInQuerySet(DaysQuerySet):
    def touching(self, client):
        """Those for all clients of the absent person, and those for this one."""
        return self.filter(Q(client=None) | Q(client=client))

    def taken_by(self, deputy, day):
        """What the person stands in for on the day, as a list; asked once a page."""
        rows = self.filter(deputy=deputy).on(day).select_related("absent")
        return once(("stand-ins", deputy.pk, day), lambda: list(rows))

    def covering(self, absent, client):
        return self.filter(absent=absent).touching(client)

    def visible_to(self, user, at=None):
        """One's own, those of one's people, those one stands in; the admin sees all (4.2)."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_admin:
            return self
        mine = Q(absent=user) | Q(deputy=user) | Q(made_by=user)
        if user.rank < 2:
            return self.filter(mine)
        clients = Client.objects.visible_to(user, at).values("pk")
        below = [role for role, rank in RANKS.items() if rank < user.rank]
        ours = Q(absent__role__in=below, absent__assignments__client__in=clients)
        return self.filter(mine | ours).distinct()


class StandIn(EditedRow, FormKeyed):
    """Cover for an absence (补位, R77): the deputy has the absent person's rights."""

    absent = models.ForeignKey(
        User, models.PROTECT, related_name="absences", verbose_name=_("absent")
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, related_name="stand_ins", verbose_name=_("stand-in")
    )
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("client"),
        help_text=_("Empty means all clients of the absent person."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, validators=[line_validator])
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["-starts_on"]
        indexes = [models.Index(fields=["deputy", "starts_on"], name="stand_in_of_deputy")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(absent=F("deputy")),
                name="stand_in_two_people",
                violation_error_message=_("Nobody stands in for himself."),
                violation_error_code="deputy",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="stand_in_days_in_order",
                violation_error_message=_("The last day lies before the first."),
                violation_error_code="ends_on",
            ),
            ExclusionConstraint(
                name="stand_in_once_a_client_and_day",
                violation_error_message=_("There is a stand-in for these days already."),
                violation_error_code="starts_on",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (Func(F("client"), Value(0), function="COALESCE"), RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.deputy} → {self.absent}"
