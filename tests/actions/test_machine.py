"""Every order of acts by everybody: no way leads past the conditions of publishing, and nothing that stands changes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.actions.desks_of_people import World
from tests.actions.newsroom_machine import Newsroom

EXAMPLES, STEPS = 40, 25
"""With always the same choices: others may happen to publish nothing, and then nothing was tried."""


def test_no_order_of_acts_gets_around_the_rules(world: World) -> None:
    Newsroom.world = world
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Newsroom.published
