"""What the forms of this app share."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class VerbModelForm(forms.ModelForm):
    """Leaves to the verb what is unique: it looks first whether the form was sent before (B2)."""

    def validate_unique(self):
        """Left to the verb."""

    def _update_errors(self, errors):
        """A constraint's code names the field at which its words stand."""
        placed = {}
        for name, found in errors.error_dict.items():
            for error in found:
                bound = name == NON_FIELD_ERRORS and error.code in self.fields
                placed.setdefault(error.code if bound else name, []).append(error)
        super()._update_errors(ValidationError(placed))
