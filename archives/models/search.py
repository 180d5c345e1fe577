from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Lookup
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import Row
from archives.models.document import Document

GIVEN_UP = timedelta(minutes=10)


@SearchVectorField.register_lookup
class Matches(Lookup):
    """words__matches: the literal of a tsquery, never parsed by a language's rules (9.2)."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} @@ (%s)::tsquery", [*params, self.rhs]


class ChunkQuerySet(ScopedQuerySet):
    """Clients are asked of an index with the words: of several pairs of letters the place in each
    text is looked at, which takes long and is done only where the person may see it."""

    client_lookup = "among"


class SearchChunk(models.Model):
    """A piece of a paper's words: number 0 what the paper is called, the others its text (9.2)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="chunks")
    seq = models.PositiveIntegerField()
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    body = models.TextField()
    words = SearchVectorField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ChunkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="chunk_of_document_once"),
        ]
        indexes = [GinIndex(fields=["words"], name="chunk_words")]

    def __str__(self):
        return f"{self.document_id}/{self.seq}"


class FindQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended="")

    def left(self, at):
        """Open ones that nobody goes on with: no paper opened in ten minutes."""
        return self.open().filter(last_at__lte=at - GIVEN_UP)


class FindSession(Row):
    """A search from its first keystroke to the paper that was opened (9.3), a person's own."""

    class Ended(models.TextChoices):
        OPENED = "opened", _("Opened")
        ABANDONED = "abandoned", _("Abandoned")

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    query = models.CharField(max_length=400)
    facets = models.JSONField(default=dict)
    results = models.PositiveIntegerField(default=0)
    opened = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    seconds = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)

    objects = FindQuerySet.as_manager()

    class Meta:
        verbose_name = _("search session")
        verbose_name_plural = _("search sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended=""), name="find_one_open_of_user"
            ),
            models.CheckConstraint(
                condition=~models.Q(ended="opened")
                | models.Q(opened__isnull=False, opened_at__isnull=False, seconds__isnull=False),
                name="find_opened_is_measured",
            ),
        ]
        indexes = [
            models.Index(fields=["started_at"], name="find_by_time"),
            models.Index(fields=["last_at"], condition=models.Q(ended=""), name="find_open"),
        ]

    def __str__(self):
        return f"{self.user}: {self.query}"
