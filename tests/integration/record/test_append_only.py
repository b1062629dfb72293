"""In a plain shell of either engine, no row of the record can be changed, removed or replaced."""

import pytest

from noaber.record.queries import check_chain
from tests.databases import RealDatabase
from tests.integration.record.rows import a_row_in_every_table
from tests.integration.record.shells import REFUSED, contents, program, say, shell, tables


def test_the_chain_covers_a_row_in_every_table(real_database: RealDatabase) -> None:
    a_row_in_every_table()
    with shell(real_database) as session:
        assert [table for table in tables() if not contents(session, table)] == []
    assert check_chain() == ()


def test_every_way_to_change_a_row_is_refused_in_every_table(real_database: RealDatabase) -> None:
    a_row_in_every_table()
    let_through: list[str] = []
    with shell(real_database) as session:
        before = {table: contents(session, table) for table in tables()}
        for table in tables():
            for sql, values in list(session.attempts(table)):
                try:
                    session.run(sql, values)
                except REFUSED as refusal:
                    if "append-only" not in str(refusal):
                        let_through.append(f"{sql}: only {refusal}")
                else:
                    let_through.append(sql)
        assert let_through == []
        assert {table: contents(session, table) for table in tables()} == before
    assert check_chain() == ()


def test_without_its_triggers_a_table_can_be_changed(real_database: RealDatabase) -> None:
    """The control: what refuses is the trigger, not the statement."""
    a_row_in_every_table()
    with shell(real_database) as session:
        if real_database.vendor == "sqlite":
            for event in ("update", "delete", "replace"):
                session.run(f'DROP TRIGGER "deals_deal_no_{event}"')
        else:
            session.run("ALTER TABLE deals_deal DISABLE TRIGGER USER")
        session.run("UPDATE deals_deal SET code = code || '-changed'")
        assert all(row[1].endswith("-changed") for row in contents(session, "deals_deal"))
    assert [finding.rule for finding in check_chain()] == ["K-02"]


def test_the_engines_own_shell_is_refused_as_well(real_database: RealDatabase) -> None:
    a_row_in_every_table()
    command = program(real_database)
    assert command is not None, "install the shell: apt-get install sqlite3 postgresql-client"
    statements = ["UPDATE ledger_transfer SET amount = 1", "DELETE FROM ledger_transfer"]
    if real_database.vendor == "sqlite":
        columns = (
            "number, recorded_at, author, action, subject, details, digest, previous_hash, hash"
        )
        statements.append(
            f"REPLACE INTO record_revision ({columns}) "
            "VALUES (1, '2022-01-12', 'x', 'x', 'x', '{}', 'x', 'x', 'x')"
        )
    else:
        statements.append("TRUNCATE ledger_transfer CASCADE")
    for statement in statements:
        answer = say(command, statement)
        assert answer.returncode != 0
        assert "append-only" in answer.stderr + answer.stdout
    assert check_chain() == ()


@pytest.mark.parametrize("amount", ["'abc'", "2.5", "1e30", "x'01'"])
def test_what_is_no_whole_number_of_cents_is_refused(
    real_database: RealDatabase, amount: str
) -> None:
    a_row_in_every_table()
    columns = "deal_id, kind, giver_id, taker_id, effective_on, occasion, cause, memo, source, "
    columns += "locator, origin, revision_id"
    with shell(real_database) as session:
        before = contents(session, "ledger_transfer")
        statement = f"INSERT INTO ledger_transfer ({columns}, amount) SELECT {columns}, "
        statement += f"{amount} FROM ledger_transfer LIMIT 1"
        if (real_database.vendor, amount) == ("postgresql", "2.5"):
            # PostgreSQL rounds to the column's type: what is stored is whole in any case.
            session.run(statement)
            added = set(contents(session, "ledger_transfer")) - set(before)
            assert [row[2] for row in added] != ["2.5"]
            return
        with pytest.raises(REFUSED):
            session.run(statement)
        assert contents(session, "ledger_transfer") == before
