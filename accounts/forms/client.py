"""Forms of the client, its brands, contacts and contracts: input only."""

from functools import lru_cache
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import VerbModelForm
from accounts.models import AccountGroup, Brand, Client, Contact, Contract, Product, User
from accounts.services.clients import TERMS
from agency.common.forms import KeyedForm, StyledForm, VersionedForm

TERM_FIELDS = [
    "group",
    "currency",
    "report_clock",
    "sign_needs_code",
    "return_needs_code",
    "sign_expiry_days",
    "director_limit",
]
BASIC_FIELDS = [
    "name",
    "name_en",
    "sector",
    "timezone",
    "paper_language",
    "status_weekday",
    "status_time",
    "fiscal_start_month",
    "no_media",
    "health_note",
]


@lru_cache(maxsize=1)
def zones():
    """Named zones by continent and city; the short and legacy names are left out."""
    first = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    found = sorted(name for name in available_timezones() if name.split("/")[0] in first)
    return [(name, name.replace("_", " ")) for name in found]


class CapitalCurrency:
    """A currency is three capitals, however it was typed."""

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()


class ClientCreateForm(CapitalCurrency, KeyedForm, VerbModelForm):
    """director: asked of finance only, who is not of the account service (4.1)."""

    code = forms.CharField(
        label=_("Code"),
        max_length=6,
        help_text=_("Two to six capital letters; stands in every paper's number, never changed."),
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="CNY")
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="Asia/Shanghai")
    director = forms.ModelChoiceField(
        label=_("Account director in charge"), queryset=User.objects.none(), required=False
    )

    class Meta:
        model = Client
        fields = ["code", *BASIC_FIELDS[:3], "group", *BASIC_FIELDS[3:9], *TERM_FIELDS[1:]]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = AccountGroup.objects.select_related("head")
        if by.rank:
            del self.fields["director"]
        else:
            self.fields["director"].queryset = User.objects.active().filter(role="ad")
            self.fields["director"].required = True

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()


class ClientForm(CapitalCurrency, VersionedForm, VerbModelForm):
    """Only the fields that the person may change."""

    currency = forms.CharField(label=_("Currency"), max_length=3)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones)

    class Meta:
        model = Client
        fields = [*BASIC_FIELDS, *TERM_FIELDS]
        widgets = {"health_note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, may_change, may_set_terms, **kwargs):
        super().__init__(*args, **kwargs)
        for name in BASIC_FIELDS if not may_change else []:
            del self.fields[name]
        for name in TERMS if not may_set_terms else []:
            del self.fields[name]


class BrandForm(VersionedForm, VerbModelForm):
    class Meta:
        model = Brand
        fields = ["name", "name_en", "category"]


class BrandCreateForm(KeyedForm, VerbModelForm):
    class Meta:
        model = Brand
        fields = BrandForm.Meta.fields


class ProductForm(StyledForm, VerbModelForm):
    class Meta:
        model = Product
        fields = ["name", "launched_on"]


class ProductCreateForm(KeyedForm, VerbModelForm):
    class Meta:
        model = Product
        fields = ProductForm.Meta.fields


CONTACT_FIELDS = [
    "name",
    "address_as",
    "title",
    "department",
    "email",
    "mobile",
    "fax",
    "messenger",
    "language",
    "is_key",
    "can_sign",
    "sign_limit",
    "gets_reports",
    "gets_status",
    "gets_budget",
    "notes",
]


class ContactForm(VersionedForm, VerbModelForm):
    class Meta:
        model = Contact
        fields = CONTACT_FIELDS
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}


class ContactCreateForm(KeyedForm, VerbModelForm):
    class Meta:
        model = Contact
        fields = CONTACT_FIELDS
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}


CONTRACT_FIELDS = [
    "number",
    "title",
    "kind",
    "starts_on",
    "ends_on",
    "notice_days",
    "media_mode",
    "media_billing",
    "commission_rate",
    "service_fee_rate",
    "markup_rate",
    "contingency_rate",
    "vat_rate",
    "credit_days",
    "monthly_fee",
    "po_required",
    "ip_note",
]


class Ordered:
    """A last day that lies before the first is said at the last day."""

    def clean(self):
        data = super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return data


class ContractForm(Ordered, VersionedForm, VerbModelForm):
    class Meta:
        model = Contract
        fields = CONTRACT_FIELDS
        widgets = {"ip_note": forms.Textarea(attrs={"rows": 3})}


class ContractCreateForm(Ordered, KeyedForm, VerbModelForm):
    class Meta:
        model = Contract
        fields = CONTRACT_FIELDS
        widgets = {"ip_note": forms.Textarea(attrs={"rows": 3})}


class ClientFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *Client.Status.choices]
    )
    group = forms.ModelChoiceField(
        label=_("Account group"),
        required=False,
        queryset=AccountGroup.objects.all(),
        empty_label=_("All"),
    )
    mine = forms.BooleanField(label=_("My own only"), required=False)
