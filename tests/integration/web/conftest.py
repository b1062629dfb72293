"""The reference deal some years on, for tests that only read it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.databases import Snapshot, restored
from tests.factories.lived_deal import load_lived_deal


@pytest.fixture(scope="module")
def lived_register(
    reference_snapshot: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A register with the deal, once for all tests of a module: they only read."""
    folder = tmp_path_factory.mktemp("lived")
    with django_db_blocker.unblock(), restored(reference_snapshot, folder):
        load_lived_deal(folder)
        yield
