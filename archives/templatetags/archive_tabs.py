"""`{% load archive_tabs %}{% archive_tabs as tabs %}`: the lists of the archive one may open."""

from django import template
from django.utils.translation import gettext_lazy as _

from agency.common.nav import OWN, Entry, shown

register = template.Library()
TABS = [
    Entry("archives:search", _("Find a paper"), permission="accounts.view_client"),
    Entry("archives:saved_list", _("Kept searches"), permission="accounts.view_client"),
    Entry("archives:document_list", _("Papers"), permission="accounts.view_client"),
    Entry("archives:incoming_list", _("To be filed"), permission="archives.file_document", on=OWN),
    Entry("archives:ad_wall", _("Ads"), permission="accounts.view_client"),
    Entry("archives:reference_list", _("Reference file"), permission="accounts.view_client"),
    Entry("archives:tape_list", _("Tapes"), permission="accounts.view_client"),
    Entry("archives:observation_list", _("Observations"), permission="accounts.view_client"),
    # A department sees none of them (4.2).
    Entry(
        "archives:quarterly_list",
        _("Quarterly reports"),
        permission="archives.edit_quarterly",
        people=("finance", "management"),
    ),
    Entry("archives:letter_list", _("Faxes and memos"), permission="archives.file_document"),
    Entry("kit", _("Stationery kit"), permission="accounts.view_client"),
]


@register.simple_tag(takes_context=True)
def archive_tabs(context):
    """[(entry, address)] of the pages that exist and that the person may open."""
    return shown(TABS, context["request"].user)
