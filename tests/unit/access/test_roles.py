"""The roles of the definition are whole, and nothing else passes for one."""

from pathlib import Path

import pytest

from noaber.access import roles as module
from noaber.access.roles import permissions, roles
from noaber.core import definitions
from noaber.core.definitions import DefinitionError

WANTED = {
    "programme_office", "lead_partner", "pillar_director", "development_team", "board_member",
    "steering_group", "secretariat", "treasurer", "party_reader", "auditor", "administrator",
}  # fmt: skip


def test_every_role_that_the_deal_knows_is_there_and_reads_as_a_sentence() -> None:
    assert set(roles()) == WANTED
    for role in roles().values():
        assert role.about.endswith(".")
        assert role.source
        assert role.may


def test_every_permission_is_given_to_some_role() -> None:
    given = {code for role in roles().values() for code in role.may}
    assert given == set(permissions())


def test_who_reads_everything_changes_nothing_and_who_manages_accounts_reads_nothing() -> None:
    known = permissions()
    assert not any(known[code].changes for code in roles()["auditor"].may)
    assert not roles()["administrator"].reads


@pytest.mark.parametrize(
    "change",
    ["do: [fly.away]", "reads: [everything]", "needs: wings"],
)
def test_a_role_that_asks_for_what_is_not_there_is_refused(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {
        "do": "do: [register.read]",
        "reads": "reads: [office]",
        "needs": "needs: pillar",
    }
    lines[change.partition(":")[0]] = change
    (tmp_path / "roles.yaml").write_text(
        "permissions:\n  - {code: register.read, name: lezen}\nroles:\n"
        "  - code: x\n    name: x\n    about: x\n    source: x\n"
        f"    {lines['needs']}\n    {lines['reads']}\n    may:\n      - {{where: deal, {lines['do']}}}\n",
        "utf-8",
    )
    monkeypatch.setattr(definitions, "DEFINITIONS", tmp_path)
    caches = (definitions.definition, module.permissions, module.roles)
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises((DefinitionError, ValueError)):
            module.roles()
    finally:
        for cached in caches:
            cached.cache_clear()
