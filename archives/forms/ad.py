"""What is typed about an ad, and how the wall is narrowed (R44)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand, Client, Product
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import long_text
from archives.forms.document import FIRST_YEAR, MultipleFileField
from archives.kinds import Medium
from archives.models import Competitor
from archives.services.ads import read_tags

ALL = ("", _("All"))
LANGUAGES = [("", "—"), ("zh", _("Chinese")), ("en", _("English"))]
OWN, COMPETITORS, OTHERS = "own", "competitors", "others"
WHOSE = [
    ALL,
    (OWN, pgettext_lazy("ads", "Made by us")),
    (OTHERS, pgettext_lazy("ads", "The client's, by other agencies")),
    (COMPETITORS, pgettext_lazy("ads", "Competitors'")),
]


class BrandChoice(forms.ModelChoiceField):
    def label_from_instance(self, brand):
        return f"{brand.client.code} · {brand}"


class AdFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    brand = BrandChoice(
        Brand.objects.none(), label=_("Brand"), required=False, empty_label=_("All")
    )
    medium = forms.ChoiceField(label=_("Medium"), required=False, choices=[ALL, *Medium.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2100)
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        clients = Client.objects.visible_to(user)
        brands = Brand.objects.filter(client__in=clients.values("pk")).select_related("client")
        self.fields["client"].queryset = clients
        self.fields["brand"].queryset = brands.order_by("client__code", "name")


class AdFields(forms.Form):
    """The facts of an ad; brands and products are the client's."""

    title = forms.CharField(label=_("Title"), max_length=200)
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium.choices)
    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"), required=False)
    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"), required=False)
    first_run = forms.DateField(
        label=_("First run"),
        widget=forms.DateInput,
        help_text=_("Where only the year is known: its first of January."),
    )
    last_run = forms.DateField(label=_("Last run"), widget=forms.DateInput, required=False)
    length_s = forms.IntegerField(
        label=_("Length in seconds"), required=False, min_value=1, max_value=36_000
    )
    size = forms.CharField(
        label=_("Size"), max_length=40, required=False, help_text=_("Such as 210 × 285 mm.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    job_number = forms.CharField(label=_("Job number"), max_length=20, required=False)
    made_by_agency = forms.CharField(
        label=_("Made by another agency"),
        max_length=80,
        required=False,
        help_text=_("Its name. Empty: made by us."),
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=300, required=False, help_text=_("With commas between them.")
    )
    note = long_text(_("Note"))

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = client.brands.all()
        products = Product.objects.filter(brand__client=client).select_related("brand")
        self.fields["product"].queryset = products

    def clean_tags(self):
        return read_tags(self.cleaned_data["tags"])


class AdCreateForm(KeyedForm, AdFields):
    """A new one; whose it is stays as it was said."""

    competitor = forms.ModelChoiceField(
        Competitor.objects.none(),
        label=_("Competitor"),
        required=False,
        empty_label=_("None: the client's own ad"),
    )
    field_order = ("competitor",)

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, client=client, **kwargs)
        rows = Competitor.objects.filter(brand__client=client).select_related("brand")
        self.fields["competitor"].queryset = rows
        if not rows:
            del self.fields["competitor"]


class AdUpdateForm(VersionedForm, AdFields):
    """What is known of it now."""

    def __init__(self, *args, client, ad, **kwargs):
        super().__init__(*args, client=client, **kwargs)
        if ad.competitor_id:
            # the brand is the one it competes with
            del self.fields["brand"], self.fields["product"]


class AdFileForm(KeyedForm, forms.Form):
    """Pictures, PDFs, films and sound of an ad."""

    files = MultipleFileField(
        label=_("Files"),
        help_text=_("Pictures and PDFs up to 50 MB each, films and sound up to 2 GB."),
    )
