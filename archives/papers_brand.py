"""Papers of the brand archive as plain data (docs/papers.md). Internal only."""

from archives.models import Document
from archives.papers import head, person_of


def brainstorm_record(row, number, *, by, at, revision=1):
    """Who was there, what was asked, every idea under a name, what was chosen, what is next."""
    client = row.brand.client
    people = [_there(person, row.chair_id) for person in row.people.order_by("pk")]
    return {
        **head(client, Document.Face.INTERNAL.value, number=number, at=at, revision=revision),
        "brand": row.brand.name,
        "jobs": [row.job_number] if row.job_number else [],
        "author": person_of(by),
        "starts_at": row.on,
        "ends_at": row.ended_at,
        "people": sorted(people, key=lambda person: not person["is_chair"]),
        "chair_reason": row.chair_reason,
        "question": row.question,
        "ideas": [
            {"text": idea.text, "who": person_of(idea.by), "is_chosen": idea.is_chosen}
            for idea in row.ideas.select_related("by")
        ],
        "next_step": row.next_step,
    }


def _there(person, chair_id):
    return {**person_of(person), "is_chair": person.pk == chair_id}


def strategy_summary(entry, number, *, at):
    """What the brand stands for, from which day, who wrote it and whose it is."""
    return {
        **head(entry.brand.client, Document.Face.INTERNAL.value, number=number, at=at),
        "brand": entry.brand.name,
        "valid_from": entry.valid_from,
        "author": person_of(entry.author),
        "signed_by": person_of(entry.signed_by),
        "signed_at": entry.signed_at,
        "text": entry.text,
    }
