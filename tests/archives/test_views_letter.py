"""Pages of faxes and memos: list, detail, drafting, issuing, noting as sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archives.models import Letter
from archives.services import letters
from tests.archives.letters import make_letter
from tests.archives.papers import make_document, page
from tests.builders import from_kept, make_client, make_contact, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
LIST = reverse("archives:letter_list")
BOTH = {"样品送达时间", "周会"}
ae, colleague, customer, draft, issued = from_kept("ae", "colleague", "customer", "draft", "issued")


def make_kept():
    ae, colleague = make_user(), make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae, colleague], paper_language="both")
    make_document(customer)
    draft, issued = make_letter(customer, ae), make_letter(customer, ae, "memo", subject="周会")
    at = timezone.now() - timedelta(hours=1)
    issued = letters.issue_letter(letter=issued, by=ae, at=at)
    return {
        "ae": ae, "colleague": colleague, "customer": customer, "draft": draft, "issued": issued
    }  # fmt: skip


@pytest.fixture
def at_ae(client, ae):
    client.force_login(ae)
    return client


def url(name, row=None):
    return reverse(f"archives:{name}", args=[row.pk] if row else [])


def shown(browser, **asked):
    return [row.subject for row in browser.get(LIST, asked).context["rows"]]


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ({}, BOTH),
        ({"kind": "memo"}, {"周会"}),
        ({"state": "draft"}, {"样品送达时间"}),
        ({"q": "周五"}, BOTH),
        ({"q": "周会"}, {"周会"}),
        ({"state": "sent"}, set()),
        ({"kind": "x"}, BOTH),
    ],
)
def test_the_list_is_narrowed_by(asked, subjects, at_ae):
    assert {*shown(at_ae, **asked)} == subjects


@pytest.mark.parametrize("sort", ["number", "-number", "client", "date", "-sent", "nonsense"])
def test_the_list_is_sorted_by_what_it_knows(sort, at_ae):
    assert len(shown(at_ae, sort=sort)) == 2


def test_the_list_leaves_as_a_sheet(at_ae):
    answer = at_ae.get(LIST, {"format": "xlsx"})
    assert "spreadsheetml" in answer["Content-Type"]


def test_the_page_of_a_draft_leads_on(at_ae, draft):
    text = page(at_ae.get(draft.get_absolute_url()))
    for name in ("letter_issue", "letter_update", "letter_discard", "letter_pdf"):
        assert url(name, draft) in text
    assert url("letter_sent", draft) not in text


def test_the_page_of_an_issued_one_leads_to_its_paper(at_ae, issued):
    text = page(at_ae.get(issued.get_absolute_url()))
    assert issued.document.get_absolute_url() in text
    assert url("letter_sent", issued) in text
    assert url("letter_update", issued) not in text


def test_a_colleague_may_issue_a_draft_but_not_discard_it(client, colleague, draft):
    client.force_login(colleague)
    text = page(client.get(draft.get_absolute_url()))
    assert url("letter_issue", draft) in text
    assert url("letter_discard", draft) not in text


def test_a_fax_to_a_contact_has_its_number_already(at_ae, customer):
    contact = make_contact(customer, name="陈堃", fax="021-5550 0200")
    initial = at_ae.get(url("fax_create"), {"contact": contact.pk}).context["form"].initial
    assert (initial["to"], initial["fax_number"]) == ("陈堃", "021-5550 0200")
    assert (initial["client"], initial["language"]) == (customer, "both")


@pytest.mark.parametrize("asked", ["x", "0", "9" * 30, "-1", "½"])
def test_nonsense_in_the_address_prefills_nothing(asked, at_ae):
    form = at_ae.get(url("memo_create"), {"contact": asked, "client": asked}).context["form"]
    assert form.initial["client"] is None


def test_a_strangers_contact_prefills_nothing(at_ae):
    contact = make_contact(make_client("YL"), name="外人")
    assert "外人" not in page(at_ae.get(url("fax_create"), {"contact": contact.pk}))


def test_the_same_form_sent_twice_is_one_letter(at_ae):
    key = at_ae.get(url("fax_create")).context["form"]["form_key"].value()
    typed = {"to": "A", "subject": "B", "body": "C", "language": "zh", "form_key": key}
    for _time in range(2):
        at_ae.post(url("fax_create"), typed)
    assert Letter.objects.filter(subject="B").count() == 1


def test_what_lacks_is_said_at_its_field(at_ae):
    answer = at_ae.post(url("fax_create"), {"to": "A"})
    assert answer.status_code == 422
    assert {"subject", "body", "language"} <= {*answer.context["form"].errors}


def change(browser, row, **typed):
    whole = {"to": "A", "subject": "B", "body": "C", "language": "en", "row_version": 0}
    return browser.post(url("letter_update", row), {**whole, **typed})


def test_a_draft_is_changed(at_ae, draft):
    assert change(at_ae, draft).status_code == 302
    draft.refresh_from_db()
    assert (draft.subject, draft.language, draft.client) == ("B", "en", None)


def test_a_draft_changed_meanwhile_is_not_overwritten(at_ae, ae, draft):
    letters.update_letter(letter=draft, by=ae, at=timezone.now(), subject="neu")
    answer = change(at_ae, draft, subject="my own words")
    assert answer.status_code == 409
    assert "my own words" in answer.content.decode()


def test_an_issued_one_cannot_be_opened_for_change(at_ae, issued):
    assert at_ae.get(url("letter_update", issued)).status_code == 404


def test_it_is_noted_as_sent(at_ae, issued):
    sent = timezone.localtime().replace(second=0, microsecond=0)
    typed = {"via": "hand", "sent_at": f"{sent:%Y-%m-%dT%H:%M}", "row_version": 1}
    assert at_ae.post(url("letter_sent", issued), typed).status_code == 302
    assert shown(at_ae, state="sent") == ["周会"]
    assert url("letter_sent", issued) not in page(at_ae.get(issued.get_absolute_url()))


def test_a_draft_is_discarded(at_ae, draft):
    answer = at_ae.post(url("letter_discard", draft), {"row_version": 0})
    assert answer.url == LIST
    assert at_ae.get(draft.get_absolute_url()).status_code == 404


def test_the_pdf_of_a_draft_is_no_filed_one(at_ae, draft, issued):
    assert "draft.pdf" in at_ae.get(url("letter_pdf", draft))["Content-Disposition"]
    name = issued.number.replace("/", "-")
    assert name in at_ae.get(url("letter_pdf", issued))["Content-Disposition"]


def test_somebody_without_the_right_sees_no_buttons(client, issued):
    client.force_login(make_user(role="management"))
    assert "周会" in page(client.get(issued.get_absolute_url()))
    assert url("letter_sent", issued) not in page(client.get(issued.get_absolute_url()))
    assert url("fax_create") not in page(client.get(LIST))
