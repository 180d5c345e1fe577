"""Suggestions as tests need them, through the verbs."""

from jobs.services import suggestion as service
from tests.jobs.make import NOW

TODAY = NOW.date()
WHY = "The year's money is planned already"


def create(client, by, at=NOW, **fields):
    values = {"idea": "A gift tin for spring tea", "origin": "competitor", **fields}
    return service.create_suggestion(client=client, by=by, at=at, **values)


def propose(row, by, day=TODAY):
    return service.propose_suggestion(suggestion=row, proposed_on=day, by=by, at=NOW)


def decide(row, by, outcome="accepted", day=TODAY, result=""):
    return service.decide_suggestion(
        suggestion=row, outcome=outcome, decided_on=day, result=result, by=by, at=NOW
    )


def job_of(row, by, **fields):
    return service.job_of_suggestion(suggestion=row, by=by, at=NOW, **fields)
