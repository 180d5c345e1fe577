"""Ads as pages show them: `{% load ads %}`."""

from django import template

from archives.kinds import Medium

register = template.Library()
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
