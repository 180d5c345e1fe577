from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ClientLink, Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import Row
from archives.models.document import Document


class ClientAnswerQuerySet(ScopedQuerySet):
    client_path = "document__client"

    def counting(self):
        """A signature on paper counts from its confirmation; all else at once."""
        on_paper = Q(answer=ClientAnswer.Answer.SIGNED, proof__isnull=False)
        return self.exclude(on_paper & Q(confirmed_at__isnull=True))

    def resting_on(self, paper):
        """Answers whose evidence the paper is."""
        return self.filter(Q(proof=paper) | Q(trail=paper) | Q(document=paper))

    def without_trail(self):
        """Given by link, and the page of evidence not filed yet."""
        return self.filter(link__isnull=False, trail__isnull=True)


class ClientAnswer(Row):
    """What a client said to a paper, with the evidence (C11). Insert only; confirmed once."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        OBJECTED = "objected", _("Objection")
        SIGNED = "signed", _("Signed")
        REFUSED = "refused", _("Refused")
        SEEN = "seen", _("Seen")

    link = models.ForeignKey(
        ClientLink, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="answers")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="answers")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    at = models.DateTimeField(_("at"))
    typed_name = models.CharField(_("name typed"), max_length=60, blank=True)
    about = models.CharField(_("about"), max_length=80, blank=True)
    reason = models.TextField(_("words"), blank=True)
    sha256 = models.CharField(max_length=64)
    ip = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    code_at = models.DateTimeField(null=True, blank=True)
    proof = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    # The page of evidence; printed with the answer, or by the clock where printing failed.
    trail = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ClientAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("client answer")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link__isnull=False, proof__isnull=True)
                | Q(link__isnull=True, proof__isnull=False),
                name="answer_by_link_or_proof",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["objected", "refused"]) | ~Q(reason=""),
                name="answer_no_has_words",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="answer_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(proof__isnull=True) | Q(recorded_by__isnull=False),
                name="answer_on_paper_has_recorder",
            ),
            models.UniqueConstraint(fields=["link", "answer"], name="answer_once_a_link"),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(trail__isnull=True, link__isnull=False),
                name="answer_without_trail",
            ),
        ]

    def __str__(self):
        return f"{self.get_answer_display()} · {self.contact}"
