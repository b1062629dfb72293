"""A pointer from a low feature to a thing of a high one, without knowing its table."""

import re
from dataclasses import dataclass
from typing import Self

_KIND = re.compile(r"[a-z]+(?:[-_][a-z]+)*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class RefError(ValueError):
    """A pointer that points at nothing: kind or code is not written as it should be."""


@dataclass(frozen=True, order=True)
class Ref:
    """A kind of thing, in lower case, and its stable code: ``project:werken-9``.

    :raises RefError: when kind or code is not written so.
    """

    kind: str
    code: str

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise RefError(f"a kind is one or more lower-case words, not {self.kind!r}")
        if not _CODE.fullmatch(self.code):
            raise RefError(f"a code is letters, digits, points and dashes, not {self.code!r}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference as ``str()`` writes it.

        :raises RefError: when the text is not of the form ``kind:code``.
        """
        kind, _, code = text.partition(":")
        return cls(kind, code)
