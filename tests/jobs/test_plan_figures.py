"""Steps on time on the page of figures, with and without the client's slips (R67, 6.8)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.builders import make_client
from tests.jobs import make

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R67")
def test_the_page_shows_steps_on_time_with_and_without_the_clients(client, ae):
    customer = make_client(team=[ae])
    today = timezone.localdate()
    rows = [
        {"name": "Kept", "due_on": today, "first_due_on": today, "done_on": today},
        {"name": "Client", "due_on": today, "first_due_on": today - timedelta(days=2),
         "done_on": today, "slip_cause": "client"},
        {"name": "Ours", "due_on": today, "first_due_on": today - timedelta(days=2)},
    ]  # fmt: skip
    make.make_timeline(make.make_job(customer, ae), rows=rows)
    client.force_login(ae)
    page = client.get(reverse("jobs:figures"))
    punctual = page.context["punctual"]
    assert (punctual.count, punctual.in_time, punctual.by_client) == (3, 1, 1)
    assert (str(punctual.rate), str(punctual.rate_own)) == ("33.3", "50.0")
    behind = {
        which: {row.name for row in client.get(f"{page.context['steps_url']}&which={which}")
                .context["rows"]} for which in ("", "in_time", "by_client", "own")
    }  # fmt: skip
    assert behind == {"": {"Kept", "Client", "Ours"}, "in_time": {"Kept"},
                      "by_client": {"Client"}, "own": {"Kept", "Ours"}}  # fmt: skip
