"""A classroom, a town hall and a lead's office on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.services.classroom import Classroom
from tests.services.office import Office, filled
from tests.services.townhall import Townhall


@pytest.fixture
def room(uow: UnitOfWork) -> Classroom:
    return Classroom(uow)


@pytest.fixture
def town(uow: UnitOfWork) -> Townhall:
    return Townhall(uow)


@pytest.fixture(scope="module")
def office(shared_database_url: str) -> Iterator[Office]:
    """See `office.filled`."""
    uow = open_storage(shared_database_url)
    yield filled(uow)
    uow.close()
