"""What stands in the addresses of the folders, as the rights tests want it."""

from tests.rights_side import pk, thing


@thing
def waiver(side):
    facts = {"kind": "ad_guideline", "reason": "The client keeps it", "by": side.ae}
    return pk(side.customer.waivers.create(**facts))
