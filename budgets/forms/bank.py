"""A bank's statement as it is handed in, and then its rows as they were shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import StyledForm
from budgets.statement import CELL_MOST, ROWS_MOST


class BankForm(StyledForm, forms.Form):
    hide_optional = True
    file = forms.FileField(
        label=_("Statement (CSV or XLSX)"), required=False,
        help_text=_("A row names the columns: date, amount, payer, reference."),
    )  # fmt: skip
    text = forms.CharField(
        required=False, strip=False, max_length=ROWS_MOST * CELL_MOST * 3,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Its rows are parted by tabs and line breaks, which one line of text may not hold.
        self.fields["text"].validators = []
