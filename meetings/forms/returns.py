"""The client's answer: typed on the page of a link, or recorded from paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.guest import GuestForm
from agency.common.forms import VersionedForm
from agency.common.inputs import PersonField, long_text

ANSWERS = [("accepted", _("Agrees")), ("objected", _("Objects"))]
GENERAL = "general"
WORDS, ABOUT = 4000, 80


class PaperReturnForm(VersionedForm, forms.Form):
    """A signed paper, fax or message as proof of the answer (R21)."""

    contact = PersonField(label=_("Who answered"))
    answer = forms.ChoiceField(label=_("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("About which point"), required=False)
    reason = long_text(_("In their words"))
    proof = forms.FileField(
        label=_("Scan of the paper, fax or message"),
        help_text=_("PDF or picture, at most 50 MB. It is filed beside the report."),
    )

    def __init__(self, *args, people, points, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((key, str(row)) for key, row in people.items())]
        self.fields["contact"].offer(people, choices)
        self.fields["about"].choices = about_choices(points)

    def clean(self):
        typed = super().clean()
        objects = typed.get("answer") == "objected"
        if objects and not typed.get("reason", "x").strip():
            self.add_error("reason", _("Write down what the client objects to."))
        return typed

    def about_text(self):
        return dict(self.fields["about"].choices)[self.cleaned_data["about"] or GENERAL]


def about_choices(points):
    """The report as a whole, then each point by its number and first words."""
    rows = [(number, point_label(number, text)) for number, text in points]
    return [(GENERAL, _("The report as a whole")), *rows]


def point_label(number, text):
    label = f"{number} {' '.join(text.split())}"
    return label if len(label) <= ABOUT else f"{label[: ABOUT - 1]}…"


class AgreeForm(GuestForm):
    answer = "accepted"
    prefix = "agree"


class ObjectForm(GuestForm):
    answer = "objected"
    prefix = "object"

    about = forms.ChoiceField(label=_("Which point"))
    reason = forms.CharField(
        label=_("How it should read"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what should be different.")},
    )

    field_order = ("sha256", "about", "reason", "typed_name", "code")

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = about_choices(points)

    def about_text(self):
        return str(dict(self.fields["about"].choices)[self.cleaned_data["about"]])
