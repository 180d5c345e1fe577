"""What people are written in Chinese holds no English of ours."""

import re

import pytest

from accounts.models import Contact, User
from accounts.models.scope import local_day
from accounts.services.notices import LIST_TIME
from agency.clock import MORNING, clock
from agency.common.dates import add_working_days, local_instant
from agency.common.models import CalendarDay, OutboxMail
from jobs.models import Job
from tests.demo.world import NOW

pytestmark = pytest.mark.django_db
# Addresses, hashes, numbers of papers and jobs are the same in every language.
SAME = re.compile(r"\b[0-9a-f]{64}\b|https?://\S+|\{\{.*?\}\}|[A-Z]{2,3}[-/][\w/-]+")
WORD = re.compile(r"[A-Za-z]{3,}")
# Of currencies, zones and files.
KNOWN = {"CNY", "USD", "CST", "PDF", "XLSX"}


def english(*texts):
    return {word for text in texts for word in WORD.findall(SAME.sub("", text))}


def names():
    """What somebody typed: people and titles."""
    typed = [*Contact.objects.values_list("name", flat=True)]
    return english(*typed, *Job.objects.values_list("title", flat=True)) | KNOWN


def next_morning():
    """The next 08:30 of a working day, whatever hour it is now."""
    day = add_working_days(local_day(NOW), 1, CalendarDay.objects.calendar())
    return local_instant(day, LIST_TIME)


def test_mails_to_people_of_the_house_are_in_their_language():
    list(clock(next_morning(), steps=[MORNING]))
    people = User.objects.filter(language="zh").values_list("email", flat=True)
    mails = OutboxMail.objects.filter(to__in=[*people])
    assert mails.filter(key__startswith="morning:").count() > 10
    assert english(*mails.values_list("subject", flat=True)) <= names()
    assert english(*mails.values_list("text", flat=True)) <= names()


def test_mails_to_contacts_are_in_their_language():
    people = Contact.objects.filter(language="zh")
    mails = OutboxMail.objects.filter(contact_id__in=people.values("pk"))
    assert mails.count() > 50
    assert english(*mails.values_list("subject", flat=True)) <= names()
    assert english(*mails.values_list("text", flat=True)) <= names()
