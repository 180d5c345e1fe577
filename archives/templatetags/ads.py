"""Ads as pages show them: `{% load ads %}`."""

from django import template

from archives.kinds import Medium
from archives.models import Ad

register = template.Library()
OWN_SHOWN, OTHERS_SHOWN = 8, 4
SIGNS = {
    Medium.TV: "tv",
    Medium.RADIO: "radio",
    Medium.NEWSPAPER: "newspaper",
    Medium.MAGAZINE: "book-open",
    Medium.PRINT: "printer",
    Medium.OUTDOOR: "signpost",
    Medium.DIGITAL: "smartphone",
    Medium.COLLATERAL: "gift",
    Medium.EVENT: "calendar",
}


@register.filter
def medium_sign(medium):
    """The icon of a medium, for a tile without a picture."""
    return SIGNS[medium]


@register.simple_tag(takes_context=True)
def brand_ads(context, client):
    """{% brand_ads client as ads %}: the newest of its own and competitors', how many in all."""
    user, at = context["request"].user, context["now"]
    ads = Ad.objects.visible_to(user, at).of_client(client)
    shown = ads.beside().with_files(user, at)
    return {
        "own": shown.own()[:OWN_SHOWN],
        "others": shown.of_competitors()[:OTHERS_SHOWN],
        "total": ads.count(),
    }
