"""A job with a draft of its estimate."""

from decimal import Decimal

import pytest

from jobs.services import estimate as service
from jobs.services import lines as lines_service
from tests.builders import make_client
from tests.jobs import make
from tests.jobs.make import NOW

D = Decimal


@pytest.fixture
def job(ae, am):
    job = make.make_job(make_client(team=[ae, am]), ae, approved_by=am)
    make.make_brief(job)
    return job


@pytest.fixture
def draft(job, ae):
    return service.draft_estimate(job=job, by=ae, at=NOW)


@pytest.fixture
def add(draft, ae):
    """add(text="Photographer", quantity=…): a line of the draft."""

    def add(by=ae, line=None, row_version=None, **data):
        values = {"text": "Photographer", "unit": "days", "quantity": D("1")}
        return lines_service.save_line(
            estimate=draft, line=line, row_version=row_version, by=by, at=NOW,
            data=data if line else {**values, **data},
        )  # fmt: skip

    return add
