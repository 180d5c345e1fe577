"""Faults on purpose: nothing of them without the setting (C, fault points)."""

import time

import pytest

from agency.common import faults
from agency.common.verbs import lock, unit
from tests.builders import make_user


def test_nothing_happens_without_the_setting(settings):
    settings.FAULT = ""
    assert not faults.happens("skip_lock")
    assert faults.strike("after_data") is None


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("skip_lock", {"skip_lock": "1"}),
        ("pdf_fail:0.1", {"pdf_fail": "0.1"}),
        ("after_data:0.5,skip_lock", {"after_data": "0.5", "skip_lock": "1"}),
    ],
)
def test_several_faults_have_chances_of_their_own(settings, setting, expected):
    settings.FAULT = setting
    assert faults.chances() == expected


def test_sure_fault_happens_and_impossible_does_not(settings):
    settings.FAULT = "skip_lock,pdf_fail:0"
    assert faults.happens("skip_lock")
    assert not faults.happens("pdf_fail")
    assert not faults.happens("after_claim")


def test_half_a_chance_happens_sometimes(settings):
    settings.FAULT = "pdf_fail:0.5"
    assert 20 < sum(faults.happens("pdf_fail") for _try in range(100)) < 80


def test_lingering_takes_its_time(settings):
    settings.FAULT = "at_lock:0.05"
    begin = time.monotonic()
    faults.linger("at_lock")
    assert time.monotonic() - begin >= 0.05


@pytest.mark.django_db
def test_lock_taken_out_still_reads_the_row(settings):
    settings.FAULT = "skip_lock"
    user = make_user()
    with unit():
        assert lock(user) == user
