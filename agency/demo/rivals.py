"""The competitors of the demo's brands: whoever needs one asks here, so that each is made once."""

from archives.models import Competitor
from archives.services.competitors import create_competitor

# client: [(name, name in English)] of those its one brand competes with
RIVALS = {
    "LM": [("金穗食品", "Goldear Foods"), ("山果园", "Hill Orchard")],
    "YL": [("凌岳汽车", "Lingyue Auto"), ("朔风汽车", "Northwind Motors")],
    "AH": [("康泉药业", "Kangquan Pharma"), ("青囊健康", "Qingnang Health")],
    "HC": [("临江银行", "Riverside Bank"), ("云帆银行", "Cloudsail Bank")],
    "QL": [("云栖度假", "Cloudrest Resorts")],
}
KEEPERS = {"LM": "ae1", "YL": "ae2", "AH": "ae3", "HC": "ae4", "QL": "ae2"}


def rivals_of(stage, code):
    """The competitors of the client's brand, in the order of the table."""
    brand, keeper = stage.clients[code].brands.first(), stage.users[KEEPERS[code]]
    return [_made(brand, names, keeper, stage.at) for names in RIVALS[code]]


def _made(brand, names, by, at):
    name, name_en = names
    known = Competitor.objects.filter(brand=brand, name=name).first()
    return known or create_competitor(brand=brand, name=name, name_en=name_en, by=by, at=at)
