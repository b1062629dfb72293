"""The papers of a meeting read back: its figures, and what its decisions came to."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from noaber.documents.blocks import Document, Heading, Terms
from tests.reading import pdf
from tests.reading.comparing import Monitor, check_document, numbers
from tests.reading.facts import Fact
from tests.reading.shown import amounts_in, read

_DECIDED = re.compile(r"Besluit (\d+): ")


def check_papers(
    document: Document, content: bytes, wanted: Counter[Fact], monitor: Monitor | None = None
) -> None:
    """Compare the papers of a meeting as a PDF with the monitor, with the facts of its decisions
    (`wanted`, as its page in the office tells them), and with all amounts in its blocks.

    :raises AssertionError: with the amount that differs, is of no fact, or is lost.
    """
    check_document(document, "pdf", content, monitor)
    told = Counter(_told(document))
    facts = Counter(
        (f.section, f.about, f.exact) for f in wanted.elements() if f.label != "Verschil"
    )
    assert told == facts, (told - facts, facts - told)
    written = Counter(amounts_in(pdf.text(content)))
    held = Counter(a for said in _words(document.blocks) for a in amounts_in(said))
    held += Counter(a for shown in pdf.figures(content) for a in amounts_in(shown.text))
    # Nought leads nowhere.
    held += Counter("€ 0" for number in numbers(document.blocks) if not number.figure.value)
    assert written == held, (written - held, held - written)


def _told(document: Document) -> Iterator[tuple[str, str, Any]]:
    """Decision, of what, and euros of all that decisions in the papers came to."""
    number = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            found = _DECIDED.match(block.text)
            number = found[1] if found else ""
        elif isinstance(block, Terms) and number:
            for term, words in block.items:
                amounts = amounts_in("".join(map(str, words)))
                if amounts and term not in ("Voorwaarden", "Motivering"):
                    said = read(amounts[0])
                    assert said is not None
                    yield f"besluit-{number}", re.sub(_DONE, "", term), said.value


_DONE = r"^(Toegekend aan|Gereserveerd, in totaal, voor|Vrijgevallen van) "


def _words(value: Any) -> Iterator[str]:
    """All words in blocks, without the figures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _words(getattr(value, part.name))
