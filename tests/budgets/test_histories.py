"""150 histories of a client's year through the services: the identity holds after every step."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.budgets.histories import ACTS, STEPS_MOST, World, machine

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("R33")]
SETTINGS = settings(
    max_examples=150, stateful_step_count=STEPS_MOST, derandomize=True, database=None,
    deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_the_identity_holds_after_every_step_of_any_history():
    histories = machine(World())
    run_state_machine_as_test(histories, settings=SETTINGS)
    assert [act for act in ACTS if not histories.done[act]] == []
