"""The sheet of what clients cost in a month: a row per client, and rows pasted into it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import StyledForm
from agency.common.inputs import long_text
from budgets.incoming_costs import KINDS
from budgets.models import AccountCost
from jobs.forms.estimate import MONEY, PASTE_MOST, NumberField


class CostSheetForm(StyledForm, forms.Form):
    """clients: the rows; costs: {(client, kind): AccountCost} as they are now."""

    hide_optional = True
    text = long_text(_("Rows"), 6, PASTE_MOST, spellcheck="false", wrap="off")
    file = forms.FileField(label=_("or a spreadsheet (XLSX)"), required=False)

    def __init__(self, *args, clients, costs, **kwargs):
        self.clients = clients
        super().__init__(*args, **kwargs)
        for client in clients:
            for kind in KINDS:
                self._add(client, kind, costs.get((client, kind)))

    def _add(self, client, kind, row):
        name = name_of(client, kind)
        field = NumberField(required=False, min_value=0, **MONEY)
        field.label = f"{client} · {AccountCost.Kind(kind).label}"
        field.widget.attrs["aria-label"] = field.label
        hidden = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
        self.fields |= {name: field, f"{name}_version": hidden}
        if row is not None:
            self.initial.setdefault(name, row.amount)
            self.initial.setdefault(f"{name}_version", row.row_version)

    @property
    def rows(self):
        """[(client, [(field, hidden version)])]."""
        return [(client, [self._cells(client, kind) for kind in KINDS]) for client in self.clients]

    def _cells(self, client, kind):
        name = name_of(client, kind)
        return self[name], self[f"{name}_version"]

    def cells(self):
        """[(client, kind, amount, version)] as save_month takes them."""
        typed = self.cleaned_data
        return [
            (client, kind, typed[name], typed[f"{name}_version"])
            for client in self.clients
            for kind in KINDS
            for name in [name_of(client, kind)]
        ]


def name_of(client, kind):
    return f"{kind}_{client.pk}"
