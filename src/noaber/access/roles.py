"""The roles and permissions there are, from ``definitions/roles.yaml``."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from noaber.access.rules import CONFIDENTIAL, EVERY_OWN, OWN, Permission, Role, Where
from noaber.core.definitions import DefinitionError, definition

LABELS = frozenset({"office", "board", "party", OWN, EVERY_OWN, CONFIDENTIAL})
"""What a role can read beside what is public."""

NEEDS = frozenset({"", "organisation", "pillar"})


@cache
def permissions() -> Mapping[str, Permission]:
    """Every permission by its code, in the order of the definition.

    :raises DefinitionError: when the definition cannot be used.
    """
    return {
        str(entry["code"]): Permission(
            str(entry["code"]), str(entry["name"]), bool(entry.get("changes", False))
        )
        for entry in definition("roles.yaml")["permissions"]
    }


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its code, in the order of the definition.

    :raises DefinitionError: when the definition cannot be used.
    """
    return {str(entry["code"]): _role(entry) for entry in definition("roles.yaml")["roles"]}


def _role(entry: Mapping[str, Any]) -> Role:
    code = str(entry["code"])
    may: dict[str, frozenset[Where]] = {}
    for line in entry["may"]:
        for permission in line["do"]:
            if permission not in permissions():
                raise DefinitionError(
                    f"roles.yaml: {code} names {permission!r}, which is not there"
                )
            may[permission] = may.get(permission, frozenset()) | {Where(line["where"])}
    reads = frozenset(map(str, entry["reads"]))
    if not reads <= LABELS:
        raise DefinitionError(f"roles.yaml: {code} reads {sorted(reads - LABELS)}")
    needs = str(entry.get("needs", ""))
    if needs not in NEEDS:
        raise DefinitionError(f"roles.yaml: {code} needs {needs!r}")
    return Role(
        code=code,
        name=str(entry["name"]),
        about=str(entry["about"]),
        source=str(entry["source"]),
        may=may,
        reads=reads,
        needs=needs,
        everywhere=bool(entry.get("everywhere", False)),
    )
