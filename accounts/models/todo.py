from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.client import Client
from accounts.models.user import User
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator


class TodoQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at__isnull=True)

    def visible_to(self, user, at=None):
        """A to-do is its owner's alone (R70)."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class Todo(EditedRow, FormKeyed):
    owner = models.ForeignKey(User, models.PROTECT, related_name="todos")
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, verbose_name=_("client"), related_name="+"
    )
    text = models.CharField(_("what"), max_length=200, validators=[line_validator])
    due_on = models.DateField(_("by when"))
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TodoQuerySet.as_manager()

    class Meta:
        verbose_name = _("to-do")
        verbose_name_plural = _("to-dos")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "due_on"], name="todo_of_owner")]

    def __str__(self):
        return self.text
