"""The brand's memory as the rights tests want it."""

from datetime import timedelta

from accounts.models import Assignment
from archives import services
from archives.models import Competitor
from archives.reading import Drawing
from archives.services.brainstorm import add_idea, create_brainstorm, decide
from archives.services.brainstorm_record import file_record
from archives.services.strategy import add_entry
from tests.archives.papers import make_document, upload
from tests.builders import make_brand
from tests.rights_side import NOW, TODAY, pk, thing


@thing
def competitor(side):
    return pk(Competitor.objects.create(brand=make_brand(side.customer), name="Gold Millet"))


def shelved(side):
    who = {"by": side.ae, "at": NOW}
    rival = Competitor.objects.get(pk=side.kwargs("competitor")["pk"])
    return services.create_tape(
        client=side.customer, competitor=rival, title="Spring film", format="dvcam", shelf="B-1",
        **who,
    )  # fmt: skip


@thing
def tape(side):
    return pk(shelved(side))


@thing
def lent_tape(side):
    row = shelved(side)
    services.lend_tape(tape=row, borrower=side.ae, due_on=TODAY, by=side.ae, at=NOW)
    return pk(row)


@thing
def drawn_paper(side):
    paper = make_document(side.customer, kind="ad_file", content=side.code.encode())
    drawing = Drawing(b"PNG", 4, 3)
    services.keep_preview(paper=paper, drawing=drawing, at=NOW)
    return pk(paper)


@thing
def film(side):
    content = b"\x00\x00\x00\x18ftypisom" + side.code.encode()
    return pk(make_document(side.customer, kind="ad_file", content=content))


@thing
def ad(side):
    facts = {"title": "Autumn poster", "medium": "outdoor", "first_run": TODAY}
    return pk(services.add_ad(client=side.customer, by=side.ae, at=NOW, **facts))


@thing
def strategy(side):
    """A summary that waits for its signature, drafted by the account manager."""
    managers = Assignment.objects.filter(client=side.customer, role="am")
    author = managers.first().user if managers else side.customer.group.head
    brand = make_brand(side.customer)
    typed = {"kind": "summary", "valid_from": TODAY, "text": "Crisp."}
    return pk(add_entry(brand=brand, by=author, at=NOW, **typed))


@thing
def incoming_file(side):
    """The client stands in the name, so it came for that client."""
    file = upload(side.code.encode(), f"{side.code} notes.txt", "text/plain")
    row = services.receive(upload=file, source="drop", owner=side.ae, at=NOW)
    return pk(row)


def held(side):
    """A brainstorm that is over, with everybody of the team and one idea."""
    people = [row.user for row in side.customer.assignments.select_related("user")]
    brand, who = make_brand(side.customer), {"by": side.ae, "at": NOW}
    storm = create_brainstorm(
        brand=brand, question="What does crisp sound like?", people=people, chair=side.ae,
        chair_reason="The manager is on leave.", on=NOW - timedelta(hours=2),
        ended_at=NOW - timedelta(hours=1), **who,
    )  # fmt: skip
    add_idea(brainstorm=storm, whose=side.ae, text="A bite in the dark.", **who)
    return storm


@thing
def brainstorm(side):
    return pk(held(side))


@thing
def idea(side):
    return pk(held(side).ideas.get())


@thing
def filed_brainstorm(side):
    who = {"by": side.ae, "at": NOW}
    storm = decide(brainstorm=held(side), chosen=[], next_step="A demo.", **who)
    return pk(file_record(brainstorm=storm, **who))
