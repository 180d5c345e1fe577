"""Ads as pages show them: `{% load ads %}`."""

from django import template
from django.db.models import Count, Q, Subquery, Value

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
    newest = Q(pk__in=ads.own().values("pk")[:OWN_SHOWN])
    newest |= Q(pk__in=ads.of_competitors().values("pk")[:OTHERS_SHOWN])
    total = ads.order_by().values(of=Value(1)).values(count=Count("*"))
    rows = Ad.objects.filter(newest).annotate(total=Subquery(total))
    rows = list(rows.beside().with_files(user, at))
    return {
        "own": [ad for ad in rows if ad.competitor is None],
        "others": [ad for ad in rows if ad.competitor],
        "total": rows[0].total if rows else 0,
    }
