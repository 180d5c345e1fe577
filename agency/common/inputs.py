"""Fields that forms share: people by key, instants and days within reason, numbers."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2099
LINE, TEXT = 120, 4000
HUNDRED = Decimal(100)
MONEY = {"max_digits": 14, "decimal_places": 2}
TOO_FAR = _("Please enter a date between 2000 and 2099.")


def check_year(value):
    """Years outside the calendar we keep would fail far from the field."""
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise forms.ValidationError(TOO_FAR, code="year")


class MomentField(forms.DateTimeField):
    """An instant, typed in the zone that is active (the client's, Z3)."""

    def to_python(self, value):
        value = super().to_python(value)
        check_year(value)
        return value


class DayField(forms.DateField):
    def to_python(self, value):
        value = super().to_python(value)
        check_year(value)
        return value


class PersonField(forms.ChoiceField):
    """One of a cast known by key: cleaned to the User, Contact or brand, None when left open."""

    def __init__(self, *args, **kwargs):
        self.people = {}
        super().__init__(*args, **kwargs)

    def offer(self, people, choices):
        self.people = people
        self.choices = choices

    def clean(self, value):
        key = super().clean(value)
        return self.people.get(key) if key else None


class PeopleField(forms.MultipleChoiceField):
    """Several people of a cast."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, **kwargs):
        self.people = {}
        super().__init__(*args, **kwargs)

    def offer(self, people, text=str):
        """people: {key: row}; text: how a row is called."""
        self.people = people
        self.choices = [(key, text(person)) for key, person in people.items()]

    def clean(self, value):
        return [self.people[key] for key in dict.fromkeys(super().clean(value))]


def bare_number(value):
    """12500 of 12500.0000: a number as one would type it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class NumberField(forms.DecimalField):
    """A number in a narrow field; shown without idle zeros."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "decimal", "class": "form-control money", "size": 8}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value):
        return bare_number(value)


class PercentField(forms.DecimalField):
    """A rate typed in percent: 17.65 is 0.1765."""

    def __init__(self, *, most=Decimal(9900), **kwargs):
        super().__init__(min_value=0, max_value=most, max_digits=6, decimal_places=2, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        return value if value is None else value / HUNDRED

    def prepare_value(self, value):
        return bare_number(value * HUNDRED) if isinstance(value, Decimal) else value


def long_text(label, rows=2, max_length=TEXT, **attrs):
    """A text area that may stay empty; its limit keeps a paper printable."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows, **attrs}),
    )
