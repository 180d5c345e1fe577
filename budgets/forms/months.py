"""A month typed as 2026-11; the first of it is what is kept."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.inputs import check_year

MONTH = re.compile(r"(\d{4})-(\d{1,2})")


class MonthInput(forms.TextInput):
    input_type = "month"


class MonthField(forms.Field):
    """The first day of the month that was typed."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Please enter a month, such as 2026-11.")}

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = MONTH.fullmatch(str(value).strip())
        if not found or not 1 <= int(found[2]) <= 12 or not int(found[1]):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        month = date(int(found[1]), int(found[2]), 1)
        check_year(month)
        return month

    def prepare_value(self, value):
        return f"{value:%Y-%m}" if isinstance(value, date) else value
