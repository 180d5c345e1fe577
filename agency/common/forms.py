"""What every form shares: the look of design.md, checks on characters, row version and form key."""

import uuid

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from agency.common.texts import REASON_HINT, line_validator, plain_validator

INCOMPLETE = _("This page was incomplete. Please open it again.")
DASHES = BLANK_CHOICE_DASH[0][1]
UNSHOWN = {"csrfmiddlewaretoken", "row_version", "form_key", "next"}
TEMPORAL = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


class StyledForm:
    """Mixin, put first: `class ClientForm(StyledForm, forms.ModelForm)`.

    Each widget gets the class design.md gives it, dates and times get their native pickers, and
    text fields refuse control characters (one line: all of them; text area: all but line breaks).
    A reason says how long it must be (Z16).
    Draw with `{{ form|crispy }}`, one field with `{{ form.title|as_crispy_field }}`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(field)
            guard(field)
            name_nothing(field)
            if name.endswith("reason") and not field.help_text:
                field.help_text = REASON_HINT

    def refuse(self, error):
        """Put each reason of a Refused at its field; at the head when there is no such field."""
        self.is_valid()
        for name, message in error.reasons:
            self.add_error(name if name in self.fields else None, str(message))

    def typed(self):
        """[(label, text)] of what was typed, for a page that must not lose it (C7)."""
        shown = [bound for bound in self if bound.html_name not in UNSHOWN]
        return [(bound.label, text) for bound in shown if (text := typed_text(bound))]

    @property
    def summary(self):
        """[(id of the field or "", label, message)] for the list at the head of a form."""
        rows = []
        for name, messages in self.errors.items():
            bound = None if name == NON_FIELD_ERRORS else self[name]
            linked = bound is not None and not bound.is_hidden
            where, label = (anchor(bound), bound.label) if linked else ("", "")
            rows += [(where, label, message) for message in messages]
        return rows


class VersionedForm(StyledForm):
    """A form over a row that others change too: carries the version it was shown with (C7).

    Give it `row_version=row.row_version` (FormPage does) and hand
    `form.cleaned_data["row_version"]` to the verb.
    """

    def __init__(self, *args, row_version=None, **kwargs):
        super().__init__(*args, **kwargs)
        if row_version is None:
            row_version = getattr(getattr(self, "instance", None), "row_version", None)
        self.fields["row_version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=row_version, error_messages={"required": INCOMPLETE}
        )


class KeyedForm(StyledForm):
    """A form that makes a row: the key makes the same form sent twice one row (B2)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"] = forms.UUIDField(
            widget=forms.HiddenInput, initial=uuid.uuid4, error_messages={"required": INCOMPLETE}
        )


class VerbForm(VersionedForm, forms.Form):
    """A confirm page with nothing to type."""


class ReasonForm(VersionedForm, forms.Form):
    """A confirm page that asks why. The verb checks the reason (Z16)."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class MultipleFileInput(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


def dress(field):
    """Give the widget of a field its class and, for dates and times, its native picker."""
    widget = field.widget
    for kind, (picker, shape) in TEMPORAL.items():
        if type(widget) is kind:
            widget.input_type, widget.format = picker, shape
    if isinstance(widget, forms.DateInput | forms.DateTimeInput | forms.TimeInput):
        widget.attrs.setdefault("autocomplete", "off")
    name = css_class(widget)
    if name and name not in widget.attrs.get("class", "").split():
        widget.attrs["class"] = f"{widget.attrs.get('class', '')} {name}".strip()


def css_class(widget):
    """The Bootstrap class of a widget; none for hidden ones."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "" if widget.is_hidden else "form-control"


def guard(field):
    """Refuse control characters at the field (B4)."""
    if isinstance(field, forms.CharField):
        long = isinstance(field.widget, forms.Textarea)
        field.validators = [*field.validators, plain_validator if long else line_validator]


def name_nothing(field):
    """What stands in a list until something is chosen: Django's is a row of hyphens."""
    nothing = _("Choose") if field.required else "–"
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = nothing
    elif type(field) is forms.TypedChoiceField and dict(field.choices).get("") == DASHES:
        chosen = [choice for choice in field.choices if choice[0] != ""]
        field.choices = [("", nothing), *chosen]


def anchor(bound):
    """The id a link to the field leads to: its first input."""
    return bound.id_for_label or bound.auto_id


def typed_text(bound):
    """What the person typed or chose, as one text."""
    if isinstance(bound.field.widget, forms.PasswordInput):
        return ""
    value = bound.value()
    if hasattr(bound.field, "choices"):
        return chosen_text(bound.field.choices, value)
    return "" if value in (None, False, []) else str(value)


def chosen_text(choices, value):
    wanted = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
    labels = [str(label) for key, label in flat(choices) if str(key) in wanted and str(key)]
    return ", ".join(labels)


def flat(choices):
    """(key, label) of choices with or without groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
