from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand, Client, Product
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.kinds import Medium
from archives.models.document import Document


class AdQuerySet(ScopedQuerySet):
    def of_job(self, number):
        return self.filter(job_number=number) if number else self.none()


class Ad(EditedRow, FormKeyed):
    """An ad (作品) as it appeared: the client's own record of every ad ever made (R44)."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="ads")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="ads")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="ads")
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
    note = models.TextField(_("note"), blank=True, validators=[plain_validator])
    year = models.PositiveSmallIntegerField(_("year"))

    objects = AdQuerySet.as_manager()

    class Meta:
        verbose_name = _("ad")
        verbose_name_plural = _("ads")
        ordering = ["-first_run", "-pk"]
        indexes = [models.Index(fields=["client", "-first_run"], name="ad_of_client")]

    def __str__(self):
        return self.title
