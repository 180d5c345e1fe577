"""Forms of the admin: people, groups, the agency's settings and its calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.base import VerbModelForm
from accounts.models import AccountGroup, AgencySettings, User
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.models import CalendarDay

USER_FIELDS = [
    "username",
    "name",
    "name_en",
    "email",
    "mobile",
    "role",
    "department",
    "language",
]


class LowerCase:
    """Login does not ask how a name or an address was typed."""

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()


class UserCreateForm(LowerCase, KeyedForm, VerbModelForm):
    username = forms.CharField(label=_("User name"), max_length=30)
    password = forms.CharField(
        label=_("First password"),
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Empty: the person cannot sign in until a password is set."),
    )

    class Meta:
        model = User
        fields = USER_FIELDS


class UserForm(LowerCase, VersionedForm, VerbModelForm):
    username = forms.CharField(label=_("User name"), max_length=30)

    class Meta:
        model = User
        fields = USER_FIELDS


class PasswordForm(StyledForm, forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class UserFilter(StyledForm, forms.Form):
    q = forms.CharField(label=pgettext_lazy("person", "Name"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All")), *User.Role.choices]
    )
    left = forms.BooleanField(label=_("Those who left, too"), required=False)


class GroupForm(VersionedForm, VerbModelForm):
    class Meta:
        model = AccountGroup
        fields = ["name", "head"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = heads()


class GroupCreateForm(StyledForm, VerbModelForm):
    class Meta:
        model = AccountGroup
        fields = ["name", "head"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = heads()


def heads():
    return User.objects.active().filter(role="gad").order_by("name")


class SettingsForm(VersionedForm, VerbModelForm):
    class Meta:
        model = AgencySettings
        fields = [
            "name",
            "name_en",
            "address",
            "postcode",
            "phone",
            "fax",
            "website",
            "tax_number",
            "bank",
            "group_mail",
            "quiet_from",
            "quiet_to",
            "quotes_above",
            "quota_gb",
            "commission_rate",
            "service_fee_rate",
            "markup_rate",
            "contingency_rate",
            "vat_rate",
            "credit_days",
        ]


class DayForm(StyledForm, VerbModelForm):
    """is_working is chosen in words: a bare tick would not say what the day was before."""

    is_working = forms.TypedChoiceField(
        label=_("Counts as"),
        choices=[("", "–"), ("no", _("Day off")), ("yes", _("Working day"))],
        coerce=lambda value: value == "yes",
    )

    class Meta:
        model = CalendarDay
        fields = ["day", "is_working", "name"]


class YearFilter(StyledForm, forms.Form):
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
