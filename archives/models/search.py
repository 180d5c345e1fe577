from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Lookup
from django.utils import timezone

from accounts.models import Client
from accounts.models.scope import ScopedQuerySet
from archives.models.document import Document


@SearchVectorField.register_lookup
class Matches(Lookup):
    """words__matches: the literal of a tsquery, never parsed by a language's rules (9.2)."""

    lookup_name = "matches"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [str(value)]

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} @@ (%s)::tsquery", [*params, self.rhs]


class SearchChunk(models.Model):
    """A piece of a paper's words: number 0 what the paper is called, the others its text (9.2)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="chunks")
    seq = models.PositiveIntegerField()
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    body = models.TextField()
    words = SearchVectorField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="chunk_of_document_once"),
        ]
        indexes = [GinIndex(fields=["words"], name="chunk_words")]

    def __str__(self):
        return f"{self.document_id}/{self.seq}"
