"""Contacts whose name, post or address holds the words of a question."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from archives.search.groups import Group, Other, first_rows, said

FIELDS = ("name", "address_as", "title", "email", "mobile", "client__name", "client__code")


def contacts(question, user, at):
    rows = Contact.objects.select_related("client").order_by("-is_active", "-is_key", "name", "pk")
    found = first_rows(rows, question, user, at, FIELDS)
    return Group(
        _("Contacts"),
        [
            Other(row.name, row.get_absolute_url(), about=said(row.title, row.client.name))
            for row in found
        ],
    )
