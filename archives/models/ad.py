from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Prefetch, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand, Client, Product
from accounts.models.scope import ScopedQuerySet, scope
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.kinds import Medium
from archives.models.competitor import Competitor
from archives.models.document import Document
from archives.wording import length_text

TAG_LENGTH = 20


class AdQuerySet(ScopedQuerySet):
    def visible_to(self, user, at=None):
        """Ads of one's clients, and those of whom their brands compete with."""
        clients = scope(user, at)
        if clients is None:
            return self
        return self.filter(Q(client__in=clients) | Q(competitor__brand__client__in=clients))

    def of_client(self, client):
        """Its own ads beside its competitors'."""
        return self.filter(Q(client=client) | Q(competitor__brand__client=client))

    def of_job(self, number):
        return self.filter(job_number=number) if number else self.none()

    def own(self):
        return self.filter(competitor=None)

    def of_competitors(self):
        return self.filter(client=None)

    def made_here(self):
        return self.own().filter(made_by_agency="")

    def by_others(self):
        """The client's, made by another agency."""
        return self.own().exclude(made_by_agency="")

    def ranked(self):
        """With what the wall is ordered by: the media in the order of the list."""
        places = [When(medium=value, then=Value(at)) for at, value in enumerate(Medium.values)]
        return self.annotate(medium_rank=Case(*places, output_field=models.IntegerField()))

    def beside(self):
        """With all that a tile or a row of the sheet names."""
        return self.select_related("client", "brand", "product", "competitor__brand__client")

    def with_files(self, user, at=None):
        """`shown_files`: those the person may see, each with its preview."""
        papers = Document.objects.visible_to(user, at).filed().light().select_related("preview")
        papers = papers.exclude(state=Document.State.VOID).order_by("pk")
        return self.prefetch_related(Prefetch("documents", papers, to_attr="shown_files"))

    def worded(self, words):
        """Ads whose title, brand, competitor, job, maker or tags hold each of the words."""
        ads = self
        for word in words.split():
            found = Q(tags__contains=[word])
            for name in ("title", "brand__name", "competitor__name", "job_number"):
                found |= Q(**{f"{name}__icontains": word})
            ads = ads.filter(found | Q(made_by_agency__icontains=word))
        return ads


class Ad(EditedRow, FormKeyed):
    """An ad (作品) as it appeared: every one ever made for the client (R44), or a competitor's."""

    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="ads")
    competitor = models.ForeignKey(
        Competitor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ads",
        verbose_name=_("competitor"),
    )
    # Of a competitor's ad: the brand of ours that it competes with.
    brand = models.ForeignKey(
        Brand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ads",
        verbose_name=_("brand"),
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ads",
        verbose_name=_("product"),
    )
    medium = models.CharField(_("medium"), max_length=10, choices=Medium)
    title = models.CharField(_("title"), max_length=200, validators=[line_validator])
    first_run = models.DateField(_("first run"))
    last_run = models.DateField(_("last run"), null=True, blank=True)
    length_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    size = models.CharField(_("size"), max_length=40, blank=True, validators=[line_validator])
    language = models.CharField(_("language"), max_length=4, blank=True)
    job_number = models.CharField(
        _("job number"), max_length=20, blank=True, db_index=True, validators=[line_validator]
    )
    made_by_agency = models.CharField(
        _("made by"), max_length=80, blank=True, validators=[line_validator]
    )
    documents = models.ManyToManyField(Document, related_name="ads", blank=True)
    tags = ArrayField(
        models.CharField(max_length=TAG_LENGTH), default=list, blank=True, verbose_name=_("tags")
    )
    note = models.TextField(_("note"), blank=True, validators=[plain_validator])
    year = models.PositiveSmallIntegerField(_("year"))

    objects = AdQuerySet.as_manager()

    class Meta:
        verbose_name = _("ad")
        verbose_name_plural = _("ads")
        ordering = ["-first_run", "-pk"]
        indexes = [
            models.Index(fields=["client", "-first_run"], name="ad_of_client"),
            models.Index(fields=["competitor", "-first_run"], name="ad_of_competitor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=True, competitor__isnull=False)
                | Q(client__isnull=False, competitor__isnull=True),
                name="ad_of_client_or_competitor",
            ),
            models.CheckConstraint(
                condition=Q(last_run__isnull=True) | Q(last_run__gte=F("first_run")),
                name="ad_runs_forward",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("archives:ad_detail", args=[self.pk])

    @property
    def customer(self):
        """The client in whose archive it stands."""
        return self.client or self.competitor.brand.client

    @property
    def maker(self):
        """Whose ad it is, in a word: the competitor, or the brand or client it was made for."""
        return self.competitor or self.brand or self.client

    @property
    def is_of_ours(self):
        """Made by this house: neither a competitor's nor by another agency."""
        return self.competitor_id is None and not self.made_by_agency

    @property
    def face(self):
        """The file whose picture stands for it on the wall; asked `with_files`."""
        return next((paper for paper in self.shown_files if paper.picture), None)

    @property
    def plays(self):
        """Whether a film or sound of it can be played; asked `with_files`."""
        return self._played is not None

    @property
    def _played(self):
        return next((row for row in self.shown_files if row.is_film or row.is_sound), None)

    @property
    def measures(self):
        """How long, in what format, how large: what a tile without a picture has to say."""
        suffix = self._played.name.rpartition(".")[2].upper() if self.plays else ""
        return [one for one in (length_text(self.length_s), suffix, self.size) if one]
