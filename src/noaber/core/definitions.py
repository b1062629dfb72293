"""Where the definitions are that programme staff can edit, and how they are read."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_PLACES = (
    # Beside the code in a checkout, and inside the package when that was built with its data.
    Path(__file__).parents[3] / "definitions",
    Path(__file__).parents[1] / "definitions",
)
DEFINITIONS = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
"""The folder with the definitions that programme staff can edit."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where the wheel has it: eight times as fast."""


class DefinitionError(ValueError):
    """A definition that cannot be used; the message names the file and what is wrong in it."""


def read_definition(path: Path) -> Any:
    """The content of a definition file.

    :raises DefinitionError: when it cannot be read as such.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  both are safe
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} cannot be read: {error}") from error


@cache
def definition(name: str) -> Any:
    """The content of a definition by the name of its file, read once.

    :raises DefinitionError: when it cannot be read as such.
    """
    return read_definition(DEFINITIONS / name)
