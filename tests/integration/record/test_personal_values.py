"""Personal values are kept apart: they can be erased for good, and the chain stays whole."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from noaber.access.rules import Actor
from noaber.record.actions import erase, remember, revision
from noaber.record.models import PersonalReference, Revision
from noaber.record.queries import check_chain, personal_text
from tests.databases import RealDatabase
from tests.integration.record.shells import contents, shell, tables

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
NAME = "Annechien Voorbeeld-Noordenveld"
ANNA = Actor("anna", NAME)
BAS = Actor("bas")


def act(by: Actor = ANNA) -> None:
    with revision(by=by, at=AT, action="note", subject="deal:x"):
        pass


def bytes_on_disk(database: RealDatabase) -> bytes:
    """Everything SQLite keeps: the file and the log beside it."""
    file = Path(database.name)
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))


def is_kept(database: RealDatabase) -> bool:
    if database.vendor == "sqlite":
        connection.ensure_connection()
        return NAME.encode() in bytes_on_disk(database)
    with shell(database) as session:
        names = [*tables(), "record_personalvalue"]
        return any(NAME in str(contents(session, name)) for name in names)


def test_the_record_itself_never_holds_the_name_of_a_person(real_database: RealDatabase) -> None:
    act()
    with shell(real_database) as session:
        assert [table for table in tables() if NAME in str(contents(session, table))] == []
        assert NAME in str(contents(session, "record_personalvalue"))


def test_a_name_is_kept_once_while_it_stays_the_same(real_database: RealDatabase) -> None:
    act()
    act()
    act(Actor("anna", "Anna van Veen"))
    act()
    assert PersonalReference.objects.filter(subject="author:anna").count() == 2
    tokens = list(Revision.objects.order_by("number").values_list("author_name_id", flat=True))
    assert [personal_text(token) for token in tokens] == [NAME, NAME, "Anna van Veen", NAME]


def test_an_actor_without_a_name_leaves_no_personal_value(real_database: RealDatabase) -> None:
    act(BAS)
    assert not PersonalReference.objects.exists()
    assert Revision.objects.get().author_name is None


def test_an_erased_name_is_gone_from_the_database_and_the_chain_is_whole(
    real_database: RealDatabase,
) -> None:
    act()
    for number in range(200):
        with revision(by=BAS, at=AT, action="note", subject="person:many") as r:
            remember(subject=f"person:{number}", text=f"Somebody {number} " * 20, stamp=r)
    act()
    assert is_kept(real_database)
    token = Revision.objects.order_by("number")[0].author_name_id
    assert erase(subject="author:anna", by=BAS, at=AT) == 1
    assert personal_text(str(token)) is None
    assert check_chain() == ()
    # While the register is in use: SQLite empties its log only when nobody is connected.
    assert not is_kept(real_database)


def test_erasing_is_itself_recorded_and_erasing_nothing_says_so(
    real_database: RealDatabase,
) -> None:
    assert erase(subject="author:nobody", by=BAS, at=AT) == 0
    event = Revision.objects.get()
    assert (event.action, event.subject) == ("erase_personal_values", "author:nobody")


def test_the_same_text_of_two_people_cannot_be_recognised_in_the_record(
    real_database: RealDatabase,
) -> None:
    with revision(by=BAS, at=AT, action="note", subject="person:both") as r:
        for subject in ("person:a", "person:b"):
            remember(subject=subject, text="same text", stamp=r)
    first, second = PersonalReference.objects.all()
    assert first.commitment != second.commitment
