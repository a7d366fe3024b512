from __future__ import annotations

import numpy as np
import pytest

from factdesk.match.recalibrate import Calibration, fit, held_out_losses, loss


def judged(slope: float, shift: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Shipped probabilities, and judgements drawn as if the true log odds were slope and shift of theirs."""
    random = np.random.default_rng(5)
    shipped = random.uniform(0.02, 0.98, count)
    return shipped, random.uniform(size=count) < Calibration(slope, shift)(shipped)


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (0.5, -1.0), (2.0, 0.7)])
def test_what_people_said_is_recovered(slope: float, shift: float) -> None:
    found = fit(*judged(slope, shift))
    assert found.slope == pytest.approx(slope, abs=0.15)
    assert found.shift == pytest.approx(shift, abs=0.15)


def test_a_better_calibration_loses_less_on_what_was_left_out() -> None:
    shipped, fitted = held_out_losses(*judged(0.4, -1.5))
    assert fitted < shipped


def test_two_judgements_hardly_move_it() -> None:
    found = fit(np.array([0.9, 0.9]), np.array([False, True]))
    assert found.slope == pytest.approx(1, abs=0.4)


def test_the_order_is_never_turned_round() -> None:
    shipped, right = judged(1.0, 0.0)
    assert fit(shipped, ~right).slope > 0


def test_loss_is_that_of_a_coin_for_even_chances() -> None:
    assert loss(np.array([0.5, 0.5]), np.array([True, False])) == pytest.approx(np.log(2))
