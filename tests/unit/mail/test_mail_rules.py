"""Letters, addresses and refusals."""

from pathlib import Path
from string import Template

import pytest

from noaber.core.finding import Refused
from noaber.mail import actions
from noaber.mail.rules import (
    NoLetter,
    Part,
    Refusal,
    ValueMissing,
    check_address,
    letter,
    message_id,
    one_line,
    write,
)
from tests.architecture.repository import SOURCE

AT = "@"
"""Not in an address, so that no file holds contact details."""

GIVEN = letter("proef", "Onderwerp: Ronde $ronde\n\nDag $naam,\n\n$projecten\n")


def test_a_letter_is_filled_and_lists_are_listed() -> None:
    written = write(GIVEN, {"ronde": "3", "naam": "Anna", "projecten": ["Eerste", "Tweede"]})
    assert written.subject == "Ronde 3"
    assert written.text == "Dag Anna,\n\n- Eerste\n- Tweede\n"


def test_a_value_that_is_missing_is_noticed() -> None:
    with pytest.raises(ValueMissing, match="naam"):
        write(GIVEN, {"ronde": "3", "projecten": ""})


@pytest.mark.parametrize(
    "broken",
    ["", "Dag\n\ntekst", "Onderwerp: x\ntekst", "Onderwerp: x\n\n \n", "onderwerp: x\n\ny"],
)
def test_a_file_that_is_no_letter_is_noticed(broken: str) -> None:
    with pytest.raises(NoLetter):
        letter("proef", broken)


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028"])
def test_no_value_breaks_out_of_its_line(breaker: str) -> None:
    evil = f"3{breaker}Bcc: all{breaker}{breaker}Betaal hier"
    written = write(GIVEN, {"ronde": evil, "naam": evil, "projecten": [evil]})
    assert written.subject == "Ronde 3 Bcc: all Betaal hier"
    assert written.text.splitlines() == [
        "Dag 3 Bcc: all Betaal hier,",
        "",
        "- 3 Bcc: all Betaal hier",
    ]


def test_a_value_with_a_dollar_stays_what_it_is() -> None:
    assert write(GIVEN, {"ronde": "$naam", "naam": "$1", "projecten": ""}).subject == "Ronde $naam"


def test_what_turns_text_around_or_hides_is_taken_out() -> None:
    assert one_line("a\u202eb\u200bc\x00d") == "a b c d"


@pytest.mark.parametrize("good", ["anna", "a.b", "anna+test", "o'neil", "a-b_c", "A1"])
def test_addresses_that_people_have(good: str) -> None:
    check_address(f"{good}{AT}gemeente-noord.example.nl")
    check_address(f"{good}{AT}localhost")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "anna",
        f"{AT}example.nl",
        f"anna{AT}",
        f"anna{AT}example..nl",
        f"anna{AT}-example.nl",
        f"anna{AT}exa mple.nl",
        f"an na{AT}example.nl",
        f" anna{AT}example.nl",
        f"anna{AT}example.nl\n",
        f"anna{AT}example.nl\r\nBcc: bas{AT}example.nl",
        f"anna{AT}example.nl\nRCPT TO:<bas{AT}example.nl>",
        f"anna{AT}example.nl,bas{AT}example.nl",
        f"anna{AT}example.nl;bas{AT}example.nl",
        f"Anna <anna{AT}example.nl>",
        f"<anna{AT}example.nl>",
        f'"an na"{AT}example.nl',
        f"anna{AT}[127.0.0.1]",
        f"anna{AT}ex\u0430mple.nl",
        f"ann\u00e9{AT}example.nl",
        f"anna\x00{AT}example.nl",
        f".anna{AT}example.nl",
        f"an..na{AT}example.nl",
        f"a{AT}b{AT}example.nl",
        f"anna{AT}{'x' * 64}.nl",
        f"{'x' * 250}{AT}example.nl",
    ],
)
def test_anything_else_is_refused_without_repeating_it(wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        check_address(wrong)
    (finding,) = refused.value.findings
    assert finding.rule == "M-01"
    assert not wrong.strip() or wrong not in finding.message


def test_a_message_is_known_by_its_occasion_and_site() -> None:
    known = message_id("https://a", "reminder:1", "example.nl")
    assert known == message_id("https://a", "reminder:1", "example.nl")
    others = {
        message_id("https://b", "reminder:1", "x"),
        message_id("https://a", "reminder:2", "x"),
    }
    assert len({known, *others}) == 3
    assert known.startswith("<")
    assert known.endswith(f"{AT}example.nl>")


@pytest.mark.parametrize(
    ("code", "text", "final", "reason"),
    [
        (550, b"5.1.1 unknown", True, "De mailserver weigert dit adres (550 5.1.1)."),
        (552, b"box is full", True, "De mailserver weigert dit adres (552)."),
        (451, b"4.7.1 greylisted", False, "De mailserver weigert voorlopig dit adres (451 4.7.1)."),
        (450, b"5.1.12345 x", False, "De mailserver weigert voorlopig dit adres (450)."),
        (421, b"", False, "De mailserver weigert voorlopig dit adres (421)."),
    ],
)
def test_a_refusal_is_told_by_its_codes_only(
    code: int, text: bytes, final: bool, reason: str
) -> None:
    refusal = Refusal(Part.RECIPIENT, code, text)
    assert (refusal.is_final, refusal.reason) == (final, reason)


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("letters/*.txt")), ids=lambda file: file.stem)
def test_every_letter_can_be_read_and_filled(file: Path) -> None:
    package = ".".join(file.parents[1].relative_to(SOURCE.parent).parts)
    found = actions.letter(package, file.stem)
    names = Template(found.subject + found.text).get_identifiers()
    written = write(found, dict.fromkeys(names, "X"))
    assert written.subject
    assert "$" not in written.subject + written.text
