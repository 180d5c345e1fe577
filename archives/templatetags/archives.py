"""The client's folder, on its tab of the client page and on a page of its own."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from archives import completeness, reports
from archives.kinds import Kind
from archives.models.waiver import KEY_CONTACT
from archives.services.waivers import RIGHT
from archives.views.folder import gaps_for

register = template.Library()
# what is missing → the form that fills it, who may, and the verb of its button
FILLS = {
    Kind.CONTRACT: ("accounts:contract_create", "accounts.manage_contract", _("Enter it")),
    KEY_CONTACT: ("accounts:contact_create", "accounts.change_client", _("Name one")),
    Kind.AD_GUIDELINE: ("archives:document_create", "archives.file_document", _("File it")),
    Kind.BUDGET_FORM: ("budgets:budget_create", "budgets.edit_budget", _("Draw it up")),
    Kind.BUDGET_REPORT: ("budgets:monthly_create", "budgets.edit_monthly", _("Draft it")),
    Kind.QUARTERLY_REPORT: ("archives:quarterly_create", "archives.edit_quarterly", _("Draft it")),
    Kind.STATUS_REPORT: ("meetings:status_create", "meetings.edit_status", _("Draft it")),
}


@register.simple_tag(takes_context=True)
def folder(context, client):
    """{% folder client as shelves %}: [Shelf] of the seven compartments."""
    return reports.folder(context["request"].user, client, context["now"])


@register.simple_tag(takes_context=True)
def client_gaps(context, client):
    """{% client_gaps client as gaps %}: what the folder is asked for, and how it stands."""
    return gaps_for(context["request"].user, client, context["now"])


@register.simple_tag(takes_context=True)
def may_waive(context, client):
    """Asked of the rights that the page has read already."""
    return context["view"].rights.can(RIGHT, client)


@register.filter
def is_bare(shelves):
    return not any(shelf.count for shelf in shelves)


@register.simple_tag
def percent(gaps):
    return completeness.completeness(gaps)


@register.inclusion_tag("archives/_fill.html", takes_context=True)
def fill_of(context, gap, client, drafts):
    """The button that fills a gap, for who may; of a draft the way to it."""
    if draft := drafts.get(gap.kind):
        return {"address": draft, "verb": _("Go on with the draft")}
    name, right, verb = FILLS[gap.kind]
    if not gap.is_open or not context["view"].rights.can(right, client):
        return {}
    return {"address": _address(name, gap.kind, client), "verb": verb}


def _address(name, kind, client):
    if name == "archives:document_create":
        return f"{reverse(name)}?client={client.pk}&kind={kind}"
    try:
        return reverse(name, args=[client.pk])
    except NoReverseMatch:
        return ""


@register.filter
def file_size(count):
    """1536 -> "1.5 KB"; bytes below a thousand."""
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1024 or unit == "GB":
            return f"{count} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count = count / 1024
    return None
