"""A classroom on each kind of database."""

from __future__ import annotations

import pytest

from course.storage.unit_of_work import UnitOfWork
from tests.services.classroom import Classroom


@pytest.fixture
def room(uow: UnitOfWork) -> Classroom:
    return Classroom(uow)
