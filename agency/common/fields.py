"""The one shape of money, rates and quantities (domain.md section 2)."""

from django.db import models


class MoneyField(models.DecimalField):
    """Decimal(14,2), without currency: the currency stands on the client or the paper (Z5)."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 14, 2
        super().__init__(*args, **kwargs)


class RateField(models.DecimalField):
    """Decimal(6,4): 0.1500 is 15 %."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 6, 4
        super().__init__(*args, **kwargs)


class QuantityField(models.DecimalField):
    """Decimal(12,3)."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 12, 3
        super().__init__(*args, **kwargs)
