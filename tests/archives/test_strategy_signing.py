"""Who drafts, who is told and who signs; what the tables themselves refuse (R82, 4.3)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from agency.common.pdf import render, text_of
from archives.models import Competitor, StrategyEntry
from archives.papers_brand import strategy_summary
from archives.services.strategy import (
    add_entry,
    may_draft,
    remind_signer,
    sign_summary,
    signers,
)
from archives.services.strategy_paper import TEMPLATE
from tests.archives.papers import NOON, page
from tests.builders import (
    assign,
    make_brand,
    make_client,
    make_stand_in,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
Kind = StrategyEntry.Kind


@pytest.fixture(autouse=True)
def blank(settings):
    settings.FAULT = "pdf_blank"


@pytest.fixture
def ad():
    return make_user(role="ad")


@pytest.fixture
def brand(ae, am, ad):
    return make_brand(make_client(team=[ae, am, ad]))


def draft_of(brand, by, text="In short.", at=NOON, **more):
    return add_entry(
        brand=brand,
        kind="summary",
        valid_from=DAY,
        text=text,
        by=by,
        at=at,
        **more,
    )


def told(kind, user):
    return Notification.objects.filter(kind=kind, recipient=user).count()


# --- who drafts ---------------------------------------------------------------------------------


def test_manager_and_those_above_draft_the_executive_does_not(brand, ae, am, ad):
    assert not may_draft(ae, brand.client, NOON)
    assert may_draft(am, brand.client, NOON)
    assert may_draft(ad, brand.client, NOON)
    assert may_draft(brand.client.group.head, brand.client, NOON)


def test_a_manager_who_helps_as_executive_drafts_nothing_there(brand):
    helper = make_user(role="am")
    assign(brand.client, helper, role="ae")
    with pytest.raises(Refused, match="account manager or above"):
        draft_of(brand, helper)


def test_who_stands_in_for_the_manager_drafts(brand, am):
    deputy = make_user(role="am")
    make_stand_in(am, deputy, DAY, DAY)
    row = draft_of(brand, deputy)
    entry = AuditEntry.objects.get(verb="add_strategy_entry")
    assert (row.author, entry.actor, entry.behalf_of) == (deputy, deputy, am)


def test_where_there_is_no_manager_the_director_drafts_and_the_head_signs(ae, ad):
    brand = make_brand(make_client(team=[ae, ad]))
    head = brand.client.group.head
    row = draft_of(brand, ad)
    assert list(signers(row, NOON)) == [head]
    assert told("step_waiting", head) == 1
    assert told("step_waiting", ad) == 0
    assert sign_summary(entry=row, by=head, at=NOON).signed_by == head


# --- who is told --------------------------------------------------------------------------------


def test_director_and_head_are_asked_the_author_hears_of_the_signature(brand, am, ad):
    row = draft_of(brand, am)
    assert told("step_waiting", ad) == 1
    assert told("step_waiting", am) == 0
    sign_summary(entry=row, by=ad, at=NOON)
    assert told("signed", am) == 1


def test_the_same_form_twice_makes_one_draft_and_tells_once(brand, am, ad):
    key = "3b1f6a2e-9d9c-4a43-8f0b-0c5f1d2e3a4b"
    rows = {draft_of(brand, am, form_key=key).pk for _time in range(2)}
    assert len(rows) == 1
    assert told("step_waiting", ad) == 1


def test_what_is_signed_or_replaced_reminds_nobody(brand, am, ad):
    replaced = draft_of(brand, am)
    signed = sign_summary(entry=draft_of(brand, am, "Shorter."), by=ad, at=NOON)
    for row in (replaced, signed):
        remind_signer(entry=row, at=NOON + timedelta(days=90))
    assert told("step_due", ad) == 0


def test_the_clock_finds_a_draft_when_its_time_has_come(brand, am):
    row = draft_of(brand, am)
    due = row.next_notice_at
    assert list(StrategyEntry.objects.notice_due(due - timedelta(seconds=1))) == []
    assert list(StrategyEntry.objects.notice_due(due)) == [row]
    remind_signer(entry=row, at=due)
    assert list(StrategyEntry.objects.notice_due(due)) == []


def test_a_director_who_drafted_it_himself_is_not_reminded_of_it(brand, ad):
    row = draft_of(brand, ad)
    remind_signer(entry=row, at=row.next_notice_at)
    assert told("step_due", ad) == 0
    assert told("step_due", brand.client.group.head) == 1


# --- signing ------------------------------------------------------------------------------------


def test_only_a_summary_waits_for_a_signature(brand, ae, ad):
    row = add_entry(brand=brand, kind="facts", valid_from=DAY, text="Old.", by=ae, at=NOON)
    with pytest.raises(Refused, match="no draft"):
        sign_summary(entry=row, by=ad, at=NOON)


def test_a_draft_that_was_replaced_is_not_signed(brand, am, ad):
    former = draft_of(brand, am)
    draft_of(brand, am, "Shorter.")
    with pytest.raises(Refused, match="no draft"):
        sign_summary(entry=former, by=ad, at=NOON)


def test_a_page_opened_before_the_last_change_signs_nothing(brand, am, ad):
    row = draft_of(brand, am)
    with pytest.raises(Stale):
        sign_summary(entry=row, by=ad, at=NOON, row_version=row.row_version + 1)


def test_the_address_refuses_the_manager_and_shows_the_director_what_is_signed(
    client, brand, am, ad
):
    row = draft_of(brand, am)
    address = reverse("archives:strategy_sign", args=[row.pk])
    client.force_login(am)
    assert client.get(address).status_code == 403
    client.force_login(ad)
    assert "In short." in page(client.get(address))


def test_a_signed_summary_is_filed_as_a_paper_of_the_brand(brand, am, ad):
    row = sign_summary(entry=draft_of(brand, am), by=ad, at=NOON)
    [paper] = row.documents.all()
    code = brand.client.code
    assert (paper.kind, paper.face, paper.brand) == ("strategy", "internal", brand)
    assert paper.number == f"{code}/SS/2026/001"
    assert paper.title_en == f"Brand strategy summary {brand}"


def test_the_paper_says_from_when_it_counts_and_whose_it_is(brand, settings, am, ad):
    row = sign_summary(entry=draft_of(brand, am, "一声脆连起一家人。"), by=ad, at=NOON)
    settings.FAULT = ""
    facts = strategy_summary(row, "LM/SS/2026/001", at=NOON)
    text = text_of(render(TEMPLATE, {**facts, "lang": "both"}))
    assert "品牌策略摘要 Brand Strategy Summary" in text
    assert "一声脆连起一家人。" in text
    assert ad.name in text


# --- what the tables refuse ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.COMPETITOR_CREATIVE},
        {"kind": Kind.FACTS, "signed_at": NOON},
        {"kind": Kind.SUMMARY, "signed_at": NOON},
        {"kind": Kind.FACTS, "is_waiting": True},
    ],
)
def test_the_table_refuses(brand, am, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyEntry.objects.create(
            brand=brand,
            valid_from=DAY,
            text="Crisp.",
            author=am,
            **fields,
        )


def test_the_table_refuses_a_competitor_of_another_kind_and_the_authors_own_signature(brand, am):
    rival = Competitor.objects.create(brand=brand, name="Gold Millet")
    for fields in (
        {"kind": Kind.FACTS, "competitor": rival},
        {"kind": Kind.SUMMARY, "signed_by": am, "signed_at": NOON},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StrategyEntry.objects.create(
                brand=brand,
                valid_from=DAY,
                text="Crisp.",
                author=am,
                **fields,
            )


def test_a_brand_has_one_draft_that_waits(brand, am):
    draft_of(brand, am)
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyEntry.objects.create(
            brand=brand,
            kind=Kind.SUMMARY,
            valid_from=DAY,
            text="Another.",
            author=am,
            is_waiting=True,
        )
