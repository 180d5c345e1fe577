"""The brand's memory as the rights tests want it."""

from archives.models import Competitor
from tests.builders import make_brand
from tests.rights_side import pk, thing


@thing
def competitor(side):
    return pk(Competitor.objects.create(brand=make_brand(side.customer), name="Gold Millet"))
