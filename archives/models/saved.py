from datetime import time

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agency.common.dates import local_instant
from agency.common.models.base import Row

# When one is told, once a day, of what was filed since.
TOLD_AT = time(8, 30)


class SavedSearchQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def to_look(self, at):
        """Those whose person wants to be told, and that nobody has looked through this morning."""
        morning = local_instant(timezone.localdate(at), TOLD_AT)
        if at < morning:
            return self.none()
        return self.filter(tells=True, looked_at__lt=morning, user__is_active=True)


class SavedSearch(Row):
    """A question somebody keeps, his own; new papers that answer it are told once a day (9.3)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    query = models.CharField(_("words"), max_length=400, blank=True)
    # What the facets had narrowed it to: {name: value}.
    facets = models.JSONField(default=dict)
    tells = models.BooleanField(_("tell me of new papers"), default=True)
    looked_at = models.DateTimeField()
    # Papers filed up to here have been counted.
    counted_to = models.DateTimeField()
    # What the last look that found anything found, and from which day on.
    news = models.PositiveIntegerField(default=0)
    news_since = models.DateField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept search")
        verbose_name_plural = _("kept searches")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "query", "facets"], name="saved_search_once"),
        ]
        indexes = [
            models.Index(
                fields=["looked_at"], condition=models.Q(tells=True), name="saved_search_to_look"
            )
        ]

    def __str__(self):
        return " ".join(filter(None, [self.query, *self.facets.values()]))

    def get_absolute_url(self):
        """The search itself."""
        return f"{reverse('archives:search')}?{urlencode({'q': self.query, **self.facets})}"

    @property
    def news_url(self):
        """The same, of what is new alone."""
        since = {"since": self.news_since.isoformat()} if self.news_since else {}
        asked = {"q": self.query, **self.facets, **since}
        return f"{reverse('archives:search')}?{urlencode(asked)}"
