"""What the tests of pages share: addresses, and what a browser would send."""

import uuid

from django.urls import reverse

LONG = "字" * 2_000


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def key():
    return str(uuid.uuid4())


def contact_data(**fields):
    base = {
        "form_key": key(),
        "name": "何嘉宁",
        "address_as": "何总",
        "email": "he@client.example",
        "language": "zh",
    }
    return {**base, **fields}


def client_data(in_group, **fields):
    base = {
        "form_key": key(),
        "code": "LM",
        "name": "Greenwheat Foods",
        "group": in_group.pk,
        "timezone": "Asia/Shanghai",
        "paper_language": "zh",
        "status_weekday": 4,
        "status_time": "17:00",
        "fiscal_start_month": 1,
        "currency": "CNY",
        "report_clock": "elapsed",
        "sign_expiry_days": 14,
    }
    return {**base, **fields}


def filled(form):
    """What a browser would send of a form as it is shown; empty boxes are not sent."""
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def errors(response):
    return sorted(response.context["form"].errors)
