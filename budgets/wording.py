"""Months and shares as the pages of money say them."""

from django.utils.formats import date_format


def month_text(month):
    """November 2026."""
    return date_format(month, "YEAR_MONTH_FORMAT") if month else ""
