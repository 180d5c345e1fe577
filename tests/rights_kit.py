"""The stationery kit and the kept searches as the rights tests want them."""

from archives.services.saved import keep_search
from tests.archives.letters import make_letter
from tests.rights_side import NOW, pk, thing


@thing
def letter(side):
    return pk(make_letter(side.customer, side.ae))


@thing
def kit_paper(side):
    return {"paper": "agenda"}


@thing
def saved_search(side):
    return pk(keep_search(query="礼盒", facets={}, by=side.ae, at=NOW))
