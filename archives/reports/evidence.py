"""What an observation may be about, and what of the archive may show it (R48, R49)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archives.kinds import Kind
from archives.models import Ad, Competitor, Document

KINDS = (Kind.COMPETITOR_FILE, Kind.CLIPPING, Kind.REFERENCE, Kind.AD_FILE)
OFFERED = 200


def abouts(client):
    """[(group, [(key, row)])]: competitors first, then the markets of the brands themselves."""
    brands = [brand for brand in client.brands.all() if brand.is_active]
    rivals = Competitor.objects.filter(brand__in=brands).select_related("brand")
    groups = [
        (brand.name, [(f"c{rival.pk}", rival) for rival in rivals if rival.brand_id == brand.pk])
        for brand in brands
    ]
    markets = [(f"b{brand.pk}", brand) for brand in brands]
    return [*groups, (pgettext_lazy("observation", "The market of"), markets)] if brands else []


def evidence(client, user, at, observation=None):
    """The newest papers that may be shown to the client, and ads; what was chosen among them."""
    papers = Document.objects.visible_to(user, at).in_force().light()
    papers = papers.filter(client=client, kind__in=KINDS, face=Document.Face.CLIENT)
    papers = [(f"d{paper.pk}", paper) for paper in papers.order_by("-dated_on", "-pk")[:OFFERED]]
    ads = Ad.objects.visible_to(user, at).of_client(client).order_by("-first_run", "-pk")
    ads = [(f"a{ad.pk}", ad) for ad in ads[:OFFERED]]
    return [
        *_chosen(observation, {*dict(papers), *dict(ads)}),
        (_("Papers"), papers),
        (_("Ads"), ads),
    ]


def _chosen(observation, known):
    """What it names already, though it is old by now."""
    if observation is None:
        return []
    pairs = (("d", observation.document), ("a", observation.ad))
    rows = [(f"{key}{row.pk}", row) for key, row in pairs if row and f"{key}{row.pk}" not in known]
    return [(_("Chosen"), rows)]
