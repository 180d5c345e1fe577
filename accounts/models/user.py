from django.apps import apps
from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def visible_to(self, user, at=None):
        """Colleagues who are here; the admin sees those who left, too."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_admin else self.active()

    def account_service(self):
        """People with a rank: AE, AM, AD, GAD."""
        return self.filter(role__in=RANKS)

    def ever_on(self, clients):
        """The account people who serve one of the clients, or did."""
        posts = apps.get_model("accounts", "Assignment").objects.filter(client__in=clients)
        return self.account_service().filter(pk__in=posts.values("user"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, login):
        """Login is by username or mail address; both are kept in lower case (contract)."""
        login = (login or "").strip().lower()
        field = "email" if "@" in login else "username"
        return self.get(**{field: login})


class User(AbstractBaseUser, EditedRow, FormKeyed):
    """A person of the agency. What a role may do stands in accounts/permissions.py."""

    class Role(models.TextChoices):
        AE = "ae", _("Account executive")
        AM = "am", _("Account manager")
        AD = "ad", _("Account director")
        GAD = "gad", _("Group account director")
        FINANCE = "finance", _("Finance")
        MANAGEMENT = "management", _("Management")
        DEPARTMENT = "department", _("Department")
        ADMIN = "admin", _("Administrator")

    class Department(models.TextChoices):
        ACCOUNT = "account", _("Account service")
        CREATIVE = "creative", _("Creative department")
        MEDIA = "media", _("Media department")
        PRODUCTION = "production", _("Production department")
        FINANCE = "finance", _("Finance department")
        OFFICE = "office", _("Office")

    class Language(models.TextChoices):
        ZH = "zh", "中文"
        EN = "en", "English"

    username = models.CharField(
        _("user name"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9._-]+$", _("Lower case letters, digits and . _ -"))],
    )
    name = models.CharField(
        pgettext_lazy("person", "name"), max_length=60, validators=[line_validator]
    )
    name_en = models.CharField(
        _("name in English"), max_length=60, blank=True, validators=[line_validator]
    )
    email = models.EmailField(_("e-mail"), unique=True)
    mobile = models.CharField(_("mobile"), max_length=30, blank=True, validators=[line_validator])
    feed_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    role = models.CharField(_("role"), max_length=12, choices=Role)
    department = models.CharField(
        _("department"), max_length=12, choices=Department, default=Department.ACCOUNT
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ZH)
    is_active = models.BooleanField(_("active"), default=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("successor"), related_name="+"
    )
    morning_on = models.DateField(null=True, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email", "role"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role="department")
                | Q(department__in=["creative", "media", "production"]),
                name="user_department_role_has_department",
                violation_error_message=_("Name the department: creative, media or production."),
                violation_error_code="department",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(is_active=False),
                name="user_left_is_inactive",
            ),
            models.CheckConstraint(
                condition=~Q(username__contains="@"), name="user_username_without_at"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("accounts:user_detail", args=[self.pk])

    def get_full_name(self):
        return self.name

    def has_perm(self, permission, obj=None):
        """Asked of the auth backends; ours reads accounts/permissions.py."""
        return any(
            backend.has_perm(self, permission, obj)
            for backend in get_backends()
            if hasattr(backend, "has_perm")
        )

    def has_module_perms(self, label):
        return self.is_admin and self.is_active

    @property
    def is_staff(self):
        """Opens Django's admin, which shows people, settings and calendar only."""
        return self.is_admin and self.is_active

    @property
    def rank(self):
        """1 AE, 2 AM, 3 AD, 4 GAD; 0 for everybody else (domain.md 4.1)."""
        return RANKS.get(self.role, 0)

    @property
    def is_department(self):
        return self.role == self.Role.DEPARTMENT

    @property
    def is_admin(self):
        return self.role == self.Role.ADMIN

    @property
    def sees_all_clients(self):
        return self.role in (self.Role.FINANCE, self.Role.MANAGEMENT)

    def get_display_name(self, language):
        """The name in the language asked for, as far as there is one."""
        return self.name_en if language == "en" and self.name_en else self.name


RANKS = {User.Role.AE: 1, User.Role.AM: 2, User.Role.AD: 3, User.Role.GAD: 4}
