"""The one shape of money, rates and quantities (domain.md section 2)."""

from django.db import models
from django.utils.text import capfirst, format_lazy

from agency.common.inputs import PercentField


class MoneyField(models.DecimalField):
    """Decimal(14,2), without currency: the currency stands on the client or the paper (Z5)."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 14, 2
        super().__init__(*args, **kwargs)


class RateField(models.DecimalField):
    """Decimal(6,4): 0.1500 is 15 %, and typed so."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 6, 4
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        label = format_lazy("{} %", capfirst(self.verbose_name))
        # past the decimal's own, which would set digits for the number that is kept
        return models.Field.formfield(self, **{"form_class": PercentField, "label": label} | kwargs)


class QuantityField(models.DecimalField):
    """Decimal(12,3)."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 12, 3
        super().__init__(*args, **kwargs)
