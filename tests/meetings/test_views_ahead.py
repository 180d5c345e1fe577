"""Planning in series, putting items in order, moving and calling off what follows (R2, R6, R15)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ClientLink
from agency.common.models import OutboxMail
from meetings import services
from meetings.models import Meeting
from meetings.services.typed import ItemData
from tests.builders import from_kept, make_user
from tests.jobs.make import make_job
from tests.meetings import make
from tests.meetings.pages import fields_of, send, text_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = "The client has moved house."


def spoken(instant):
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M:%S}"


def local(instant):
    return f"{timezone.localtime(instant):%Y-%m-%dT%H:%M}"


def make_kept():
    """Three weekly meetings, invited; one draft with two items."""
    ae, am = make_user("ae"), make_user("am", "am")
    now = timezone.now().replace(second=0, microsecond=0)
    client, contact = make.make_account(ae, am, code="LM")
    items = [ItemData("Poster", 10, ae), ItemData("Prices", 20, ae)]
    start = now + 2 * DAY
    people = make.plan_data(spoken(start), spoken(start + HOUR), [], items=items)
    plan = {"client": client, "data": people, "by": ae, "at": now}
    draft = services.plan_meeting(**plan)
    data = make.plan_data(
        spoken(start), spoken(start + HOUR), make.persons([ae, contact]), items=items
    )
    terms = {"count": 3, "rhythm": "weekly", "day_off": "skip"}
    series = services.plan_series(**{**plan, "data": data}, **terms)
    services.invite_following(meeting=series[0], row_version=None, by=ae, at=now)
    return {"ae": ae, "now": now, "client": client, "contact": contact, "draft": draft,
            "first": series[0], "last": series[2]}  # fmt: skip


ae, now, contact, draft, first, last = from_kept("ae", "now", "contact", "draft", "first", "last")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


@pytest.fixture
def customer(kept):
    return kept.client


def page(meeting, what):
    return f"/meetings/{meeting.pk}/{what}/"


def titles(meeting):
    return [item.title for item in meeting.items.all()]


@pytest.mark.rule("R15")
def test_a_series_is_planned_from_the_page(desk, customer, now):
    path = f"/meetings/new/?client={customer.pk}"
    typed = {"rhythm": "weekly", "count": "4", "day_off": "after", "title": "Jour fixe"}
    assert send(desk, path, **typed).status_code == 302
    rows = Meeting.objects.filter(title="Jour fixe")
    assert rows.count() == 4
    assert rows.exclude(series=None).count() == 3


def test_a_series_without_a_number_is_refused(desk, customer):
    path = f"/meetings/new/?client={customer.pk}"
    answer = send(desk, path, rhythm="weekly", count="", title="Jour fixe")
    assert answer.status_code == 422
    assert "Say how many meetings the series has." in text_of(answer)


@pytest.mark.rule("R6")
def test_an_urgent_meeting_asks_who_wanted_it(desk, customer, now):
    path = f"/meetings/new/?client={customer.pk}"
    typed = {
        "title": "Crisis",
        "starts_at": local(now + HOUR),
        "planned_end": local(now + 2 * HOUR),
    }
    answer = send(desk, path, **typed)
    assert answer.status_code == 422
    assert "write who asked for it" in text_of(answer)
    assert send(desk, path, urgent_by="He Jianing", **typed).status_code == 302
    assert Meeting.objects.get(title="Crisis").is_urgent


@pytest.mark.rule("R2")
def test_an_arrow_puts_items_in_order_without_saving(desk, draft):
    path = page(draft, "edit")
    data = fields_of(desk.get(path)) | {"move": "items-1-up"}
    shown = desk.post(path, data)
    assert shown.status_code == 200
    assert titles(draft) == ["Poster", "Prices"]
    again = fields_of(shown)
    assert again["items-0-title"] == "Prices"
    assert desk.post(path, again).status_code == 302
    assert titles(draft) == ["Prices", "Poster"]


@pytest.mark.rule("R2")
def test_the_places_of_the_script_are_the_order(desk, draft):
    typed = {"items-0-place": "1", "items-1-place": "0", "is_arranged": "on"}
    assert send(desk, page(draft, "edit"), **typed).status_code == 302
    assert titles(draft) == ["Prices", "Poster"]


def test_each_row_says_when_it_begins(desk, draft, now):
    text = desk.get(page(draft, "edit")).content.decode()
    start = timezone.localtime(draft.starts_at)
    assert f"data-clock>{start:%H:%M}<" in text
    assert f"data-clock>{start + timedelta(minutes=10):%H:%M}<" in text


def test_an_item_may_be_about_a_job_of_the_client(desk, draft, customer, ae):
    job = make_job(customer, ae)
    assert send(desk, page(draft, "edit"), **{"items-0-job": f"j{job.pk}"}).status_code == 302
    assert draft.items.get(title="Poster").job == job
    other = make_job(make.make_account(ae)[0], ae)
    answer = send(desk, page(draft, "edit"), **{"items-0-job": f"j{other.pk}"})
    assert answer.status_code == 422


@pytest.mark.rule("R4")
def test_a_topic_of_the_clients_is_postponed_not_taken_away(desk, first, now):
    link = ClientLink.objects.of(first).get()
    services.add_topic(link=link, title="Budget", typed_name="He Jianing", at=now)
    answer = desk.get(page(first, "edit"))
    assert "Client topic of" in text_of(answer)
    number = next(
        name.split("-")[1] for name, value in fields_of(answer).items() if value == "Budget"
    )
    send(desk, page(first, "edit"), **{f"items-{number}-DELETE": "on"})
    assert "Budget" in titles(first)


@pytest.mark.rule("R15")
def test_moving_asks_how_far_it_goes(desk, first, last):
    path = page(first, "move")
    assert "This and the 2 after it" in text_of(desk.get(path))
    assert "after it" not in text_of(desk.get(page(last, "move")))
    new = first.starts_at + DAY
    times = {"starts_at": local(new), "planned_end": local(new + HOUR)}
    assert send(desk, path, reason=REASON, scope="following", **times).status_code == 302
    assert Meeting.objects.get(pk=last.pk).starts_at == last.starts_at + DAY
    assert OutboxMail.objects.filter(key__contains=":move:", kind="client_paper").count() == 1


@pytest.mark.rule("R15")
def test_calling_off_one_leaves_the_others(desk, first, last):
    assert send(desk, page(first, "cancel"), reason=REASON, scope="one").status_code == 302
    states = list(Meeting.objects.exclude(series=None).values_list("state", flat=True))
    assert states == ["planned", "planned"]
    assert send(desk, page(last, "cancel"), reason=REASON).status_code == 302


def test_a_scope_that_is_none_is_refused(desk, first):
    assert send(desk, page(first, "cancel"), reason=REASON, scope="all").status_code == 422
    assert Meeting.objects.get(pk=first.pk).state == "planned"
