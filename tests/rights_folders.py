"""What stands in the addresses of the folders, as the rights tests want it."""

from archives.models import FolderPack
from archives.services.packs import file_of
from tests.rights_side import NOW, pk, thing


@thing
def waiver(side):
    facts = {"kind": "ad_guideline", "reason": "The client keeps it", "by": side.ae}
    return pk(side.customer.waivers.create(**facts))


@thing
def pack(side):
    row = FolderPack.objects.create(client=side.customer, by=side.ae, ready_at=NOW)
    file_of(row).parent.mkdir(parents=True, exist_ok=True)
    file_of(row).write_bytes(b"PK")
    return pk(row)
