"""Words that anybody would try first on this site make no password."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

WORDS = ("noaber", "regiodeal", "regio", "deal", "kantoor", "programmabureau", "wachtwoord")
"""With them those in the name of the site. Found whatever their capitals, and within other words."""

SHORTEST_REST = 8
"""How many signs a password must have beside such words."""


class BesideOurWords:
    """Refuses a password that is little more than words of this site."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """:raises ValidationError: when too little is left without those words."""
        rest = re.sub(r"[\s._-]", "", password.casefold())
        for word in sorted({*WORDS, *_of_the_site()}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < SHORTEST_REST:
            raise ValidationError(
                "Dit wachtwoord bestaat vooral uit woorden die bij deze site horen. Kies andere woorden.",
                code="password_of_our_words",
            )

    def get_help_text(self) -> str:
        return "Gebruik niet vooral woorden die bij deze site horen, zoals regiodeal."


def _of_the_site() -> set[str]:
    return {word for word in re.split(r"[^a-z]+", settings.SITE.casefold()) if len(word) > 3}
