"""Contacts whose name, post or address holds the words of a question."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from archives.search.groups import Other, Wanted, first_rows, said

FIELDS = ("name", "address_as", "title", "email", "mobile", "client__name", "client__code")


def contacts(question, user, at):
    rows = Contact.objects.order_by("-is_active", "-is_key", "name", "pk")
    rows = first_rows(rows, question, user, at, FIELDS)
    return Wanted(_("Contacts"), rows, ("name", "title", "client__name"), _row)


def _row(contact):
    about = said(contact.title, contact.client.name)
    return Other(contact.name, contact.get_absolute_url(), about=about)
