from typing import Any

import pytest
from django.core.exceptions import ValidationError

from noaber.web.signin.passwords import BesideOurWords


@pytest.mark.parametrize(
    "weak",
    ["Noaber2026!!", "regiodeal-noaber", "Regio Deal 2026", "Wachtwoord12345", "deal.voorbeeld.nl"],
)
def test_words_of_the_site_make_no_password(weak: str, settings: Any) -> None:
    settings.SITE = "https://deal.voorbeeld.nl"
    with pytest.raises(ValidationError, match="horen"):
        BesideOurWords().validate(weak)


@pytest.mark.parametrize(
    "good", ["een zin die niemand raadt", "noaber heeft vier paarden", "x7$kQ!pm2&Zr"]
)
def test_other_passwords_may_hold_one_of_them(good: str) -> None:
    BesideOurWords().validate(good)
