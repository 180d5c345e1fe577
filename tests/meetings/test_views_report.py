"""The contact report's page: written, saved as typed, never lost, issued."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings import services
from meetings.models import ActionPoint, ContactReport
from meetings.services.typed import ActionData, PointData
from tests.builders import make_user
from tests.meetings import make
from tests.meetings.pages import fields_of, send, text_of

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def draft(account, ae, now):
    client, contact = account
    points = [PointData("decision", "First."), PointData("info", "Second.")]
    data = make.typed(contact, points=points)
    return make.log(client, contact, ae, ended_at=now - timedelta(hours=2), at=now, data=data)


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def edit(report):
    return f"/meetings/reports/{report.pk}/edit/"


def texts(report):
    return [point.text for point in report.points.order_by("position")]


def test_the_page_holds_what_is_stored(desk, draft, account):
    page = fields_of(desk.get(edit(draft)), "report")
    assert (page["points-0-text"].strip(), page["points-1-kind"]) == ("First.", "info")
    assert page["returner"] == f"c{account[1].pk}"
    assert page["no_action"] == ["on"]
    assert page["row_version"] == str(draft.row_version)


def test_the_clock_and_the_state_stand_at_the_head(desk, draft):
    words = text_of(desk.get(edit(draft)))
    assert "Nothing is missing" in words
    assert "h 59 min left" in words or "22 h left" in words


def test_save_keeps_the_words(desk, draft):
    answer = send(desk, edit(draft), "report", points__0__text="Changed.", do="save")
    assert answer.url == edit(draft)
    assert texts(draft) == ["Changed.", "Second."]


def test_autosave_answers_the_script(desk, draft):
    data = fields_of(desk.get(edit(draft)), "report") | {"points-1-text": "As typed"}
    answer = desk.post(edit(draft), data, **JSON)
    assert answer.status_code == 200
    assert answer.json()["row_version"] == draft.row_version + 1
    assert texts(draft) == ["First.", "As typed"]


def test_autosave_takes_what_is_incomplete(desk, draft):
    data = fields_of(desk.get(edit(draft)), "report")
    data |= {"points-0-kind": "problem", "points-0-solution": "", "actions-0-text": "Send"}
    assert desk.post(edit(draft), data, **JSON).status_code == 200
    action = draft.actions.get()
    assert (action.text, action.due_on) == ("Send", None)


def test_autosave_says_what_it_cannot_keep(desk, draft):
    data = fields_of(desk.get(edit(draft)), "report") | {"actions-0-due_on": "soon"}
    answer = desk.post(edit(draft), data, **JSON)
    assert answer.status_code == 422
    assert answer.json() == {"message": "Not saved yet: 1 thing to mend"}


def test_a_stale_autosave_is_told_so(desk, draft, ae, now):
    data = fields_of(desk.get(edit(draft)), "report") | {"points-0-text": "Mine."}
    theirs = make.typed(draft.returner, points=[PointData(text="Theirs.")])
    services.save_draft(report=draft, data=theirs, row_version=None, by=ae, at=now)
    answer = desk.post(edit(draft), data, **JSON)
    assert answer.status_code == 409
    assert answer.json()["stale"] is True
    assert texts(draft) == ["Theirs."]


def test_a_stale_save_shows_both_texts_and_may_then_stand(desk, draft, ae, now):
    data = fields_of(desk.get(edit(draft)), "report") | {"points-0-text": "Mine."}
    theirs = make.typed(draft.returner, points=[PointData(text="Theirs.")])
    services.save_draft(report=draft, data=theirs, row_version=None, by=ae, at=now)
    answer = desk.post(edit(draft), data | {"do": "save"})
    assert answer.status_code == 409
    assert "Theirs." in text_of(answer)
    kept = fields_of(answer, "report")
    assert kept["points-0-text"].strip() == "Mine."
    assert desk.post(edit(draft), kept | {"do": "save"}).status_code == 302
    assert texts(draft) == ["Mine.", "Second."]


def test_words_typed_after_it_was_issued_elsewhere_are_shown(desk, draft, ae, now):
    data = fields_of(desk.get(edit(draft)), "report") | {"points-0-text": "My late words"}
    make.send_out(draft, ae, now)
    answer = desk.post(edit(draft), data | {"do": "issue"})
    assert answer.status_code in (409, 422)
    assert "My late words" in answer.content.decode()


def test_rows_move_without_script(desk, draft):
    answer = send(desk, edit(draft), "report", move="points-1-up")
    assert answer.url == f"{edit(draft)}#points-0"
    assert texts(draft) == ["Second.", "First."]
    send(desk, edit(draft), "report", move="points-0-up")
    assert texts(draft) == ["Second.", "First."]


@pytest.mark.parametrize("move", ["points-99999999999-up", "points-x-up", "up", "x-0-down"])
def test_a_move_that_makes_no_sense_moves_nothing(desk, draft, move):
    assert send(desk, edit(draft), "report", move=move).status_code == 302
    assert texts(draft) == ["First.", "Second."]


def test_a_ticked_row_goes(desk, draft):
    send(desk, edit(draft), "report", points__0__DELETE="on")
    assert texts(draft) == ["Second."]


def test_a_row_is_added_and_a_blank_one_dropped(desk, draft):
    send(desk, edit(draft), "report", points__2__text="Third.", points__2__kind="info")
    assert texts(draft) == ["First.", "Second.", "Third."]
    send(desk, edit(draft), "report")
    assert draft.points.count() == 3


def test_the_bar_is_drawn_again_after_a_save(desk, draft):
    draft.points.update(kind="problem")
    words = text_of(desk.get(f"/meetings/reports/{draft.pk}/bar/"))
    assert "2 things missing:" in words
    assert "Point 1: say how the problem will be solved." in words


@pytest.mark.papers
def test_the_preview_is_the_printed_page(desk, draft):
    answer = desk.get(f"/meetings/reports/{draft.pk}/preview/", headers={"HX-Request": "true"})
    assert 'src="data:image/png;base64,' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    pdf = desk.get(f"/meetings/reports/{draft.pk}/pdf/")
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.rule("R20", "R26")
def test_issue_sends_it_and_shows_who_has_it(desk, draft, account):
    answer = send(desk, edit(draft), "report", do="issue")
    page = desk.get(answer.url)
    draft.refresh_from_db()
    assert draft.state == "issued"
    words = text_of(page)
    assert "Issued. 何嘉宁 is asked to return it." in words
    assert "On its way" in words
    assert desk.get(edit(draft)).url == answer.url


@pytest.mark.rule("R19")
def test_issue_refused_shows_the_fault_at_its_field(desk, draft):
    changes = {"actions__0__text": "Send", "actions__0__owner": "", "no_action": None}
    answer = send(desk, edit(draft), "report", do="issue", **changes)
    assert answer.url == f"{edit(draft)}?check=1"
    page = desk.get(answer.url).content.decode()
    assert 'aria-invalid="true"' in page
    assert "Action 1 has no owner." in page
    assert ContactReport.objects.get(pk=draft.pk).state == "draft"


def test_what_the_client_said_is_shown(desk, account, ae, now):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    make.object_to(report, contact, now, about="1 Poster", reason="It was poster B, not A.")
    words = text_of(desk.get(f"/meetings/reports/{report.pk}/"))
    assert "Objection" in words
    assert "1 Poster It was poster B, not A." in words


@pytest.mark.rule("R22")
def test_revise_opens_one_draft(desk, account, ae, now):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    path = f"/meetings/reports/{report.pk}/revise/"
    assert send(desk, path, reason="short").status_code == 422
    answer = send(desk, path, reason="The poster was another one.")
    revision = ContactReport.objects.get(supersedes=report)
    assert answer.url == edit(revision)
    assert desk.get(path).url == f"/meetings/reports/{revision.pk}/"
    assert "First" not in text_of(desk.get(answer.url))


def test_a_revision_may_be_discarded_a_first_report_not(desk, account, draft, ae, now):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    revision = services.revise_report(
        report=report, reason="The poster was another one.", by=ae, at=now
    )
    answer = send(desk, f"/meetings/reports/{revision.pk}/discard/")
    assert answer.url == f"/meetings/reports/{report.pk}/"
    assert not ContactReport.objects.filter(pk=revision.pk).exists()
    assert desk.get(f"/meetings/reports/{draft.pk}/discard/").status_code == 404


@pytest.mark.rule("R25")
def test_an_opinion_reaches_management_at_once(desk, draft, ae):
    send(desk, edit(draft), "report", points__2__kind="opinion", points__2__text="Not careful.")
    send(desk, edit(draft), "report", tell="2")
    assert draft.points.get(kind="opinion").told_at is not None


@pytest.mark.rule("R25")
def test_the_director_notes_that_he_has_read_it(client, account, ae, am, ad, now):
    own, contact = account
    points = [PointData(text="A point."), PointData("opinion", "Not careful.")]
    data = make.typed(contact, points=points)
    report = make.log(own, contact, ae, ended_at=now - timedelta(hours=1), at=now, data=data)
    services.flag_opinion(point=report.points.get(kind="opinion"), by=ae, at=now)
    path = f"/meetings/reports/{report.pk}/opinion/"
    client.force_login(am)
    assert send(client, path).status_code == 422
    client.force_login(ad)
    assert "I have read it" in text_of(client.get(edit(report)))
    send(client, path)
    report.refresh_from_db()
    assert report.opinion_read_by == ad


@pytest.mark.rule("R21")
def test_a_return_on_paper_needs_its_scan(desk, account, ae, now, tmp_path):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    path = f"/meetings/reports/{report.pk}/return/"
    filled = {"contact": f"c{contact.pk}", "answer": "accepted"}
    without = send(desk, path, **filled)
    assert without.status_code == 422
    assert list(without.context["form"].errors) == ["proof"]
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(make.PDF)
    with scan.open("rb") as proof:
        answer = send(desk, path, proof=proof, **filled)
    report.refresh_from_db()
    assert answer.url == f"/meetings/reports/{report.pk}/"
    assert report.state == "accepted"
    assert "on paper, recorded by" in text_of(desk.get(answer.url))


def test_a_mail_that_failed_is_sent_again(desk, account, ae, now):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    make.set_mail(report, contact, "failed")
    page = desk.get(f"/meetings/reports/{report.pk}/")
    assert "Not delivered" in text_of(page)
    send(desk, f"/meetings/reports/{report.pk}/send/{contact.pk}/")
    assert make.mails(report, contact).count() == 2


def test_live_actions_stand_on_the_page(desk, account, ae, now):
    client, contact = account
    actions = [ActionData("Send the poster", user=ae, due_on=now.date())]
    report = make.issued(
        client, contact, ae, ended_at=now - timedelta(hours=1), at=now,
        data=make.typed(contact, actions=actions),
    )  # fmt: skip
    action = ActionPoint.objects.get(report=report)
    page = desk.get(f"/meetings/reports/{report.pk}/").content.decode()
    assert f"/meetings/actions/{action.pk}/" in page


@pytest.mark.parametrize("what", ["edit", "bar", "preview", "issue", "calls/new"])
def test_drafts_are_written_by_account_service_of_the_client_only(client, draft, other_ae, what):
    path = f"/meetings/reports/{draft.pk}/{what}/"
    client.force_login(other_ae)
    assert client.get(path).status_code == 404
    client.force_login(make_user(role="finance"))
    assert client.get(path).status_code == 403
    assert client.post(path).status_code in (403, 405)


@pytest.mark.parametrize("what", ["", "revise/", "return/", "pdf/"])
def test_issued_reports_of_others_are_not_there(client, account, ae, other_ae, now, what):
    own, contact = account
    report = make.issued(own, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    client.force_login(other_ae)
    assert client.get(f"/meetings/reports/{report.pk}/{what}").status_code == 404


def test_who_may_only_read_sees_the_draft_without_acts(client, draft):
    client.force_login(make_user(role="management"))
    page = client.get(f"/meetings/reports/{draft.pk}/")
    assert page.status_code == 200
    assert "First." in text_of(page)
    assert "Issue report" not in text_of(page)
