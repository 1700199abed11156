"""Linear compartments: dx/dt = A x + u, solved by eigendecomposition (A = V L V^-1) for a bolus and a zero-order infusion.

The system is linear, so the responses to several doses add up. Amounts and rates are in whatever units the caller uses;
times are in the unit of the rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course.simulation.base import Floats


@dataclass(frozen=True, slots=True)
class System:
    """Rate constants as a matrix: entry [i, j] is what flows into i for each unit in j and unit of time."""

    values: Floats
    vectors: Floats
    inverse: Floats

    @classmethod
    def of(cls, rates: Floats) -> System:
        """The system with this matrix. Flows between compartments are such that its eigenvalues are real; they must differ,
        so rooms that empty at the same rate are to be given as one.
        """
        values, vectors = np.linalg.eig(rates)
        return cls(np.real(values), np.real(vectors), np.linalg.inv(np.real(vectors)))

    def bolus(self, times: Floats, amounts: Floats) -> Floats:
        """Amounts (times x compartments) after `amounts` were put in at time 0; nothing before."""
        since = np.maximum(times, 0.0)[:, None]
        found: Floats = (np.exp(since * self.values) * (self.inverse @ amounts)) @ self.vectors.T
        return np.where(times[:, None] < 0, 0.0, found)

    def infusion(self, times: Floats, rates: Floats, length: float) -> Floats:
        """Amounts (times x compartments) while and after `rates` flow in from time 0 for `length`."""
        during = np.clip(times, 0.0, length)[:, None]
        after = np.maximum(times - length, 0.0)[:, None]
        filled = _integral(self.values, during) * np.exp(after * self.values)
        found: Floats = (filled * (self.inverse @ rates)) @ self.vectors.T
        return found

    def step(self, length: float) -> Floats:
        """The matrix that carries amounts over a time without input."""
        found: Floats = (self.vectors * np.exp(self.values * length)) @ self.inverse
        return found

    def mean(self, length: float) -> Floats:
        """The matrix that turns amounts at the beginning into their mean over a time."""
        found: Floats = (self.vectors * (_integral(self.values, length) / length)) @ self.inverse
        return found


def micro_rates(elimination: float, exchange: Sequence[tuple[float, float]]) -> Floats:
    """A centre that eliminates, and rooms around it: `exchange` holds the rate constants (out, back) of each."""
    size = 1 + len(exchange)
    rates = np.zeros((size, size))
    rates[0, 0] = -elimination
    for room, (out, back) in enumerate(exchange, 1):
        rates[0, 0] -= out
        rates[room, 0] = out
        rates[0, room] = back
        rates[room, room] = -back
    return rates


def flows(volume: float, clearance: float, exchange: Sequence[tuple[float, float]]) -> Floats:
    """The same from a central volume, a clearance, and (volume, flow) of each room."""
    return micro_rates(clearance / volume, [(flow / volume, flow / room) for room, flow in exchange])


def _integral(values: Floats, length: Floats | float) -> Floats:
    """The integral of exp(value x t) for t from 0 to `length`; `length` itself where the value is 0."""
    still = np.abs(values) < 1e-12
    safe = np.where(still, 1.0, values)
    found: Floats = np.where(still, length, np.expm1(safe * length) / safe)
    return found
