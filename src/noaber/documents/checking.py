"""What a document must have before it is written: words for pictures, headings in their order."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from unicodedata import category

from noaber.core.finding import Field, Finding, Refused
from noaber.documents import blocks as b
from noaber.documents.spans import plain

NO_ALTERNATIVE, NO_WORDS, SKIPPED, NOWHERE, CONTROL = "D-02", "D-03", "D-04", "D-05", "D-06"
_ALLOWED = "\n\t"


def check_document(document: b.Document) -> None:
    """Check what every form of the document needs, whoever reads it and with what.

    :raises Refused: with each picture without words, heading or caption without text, level of
        heading left out, reference to nothing, and sign that steers a device.
    """
    findings = [
        *_pictures(document),
        *_names(document),
        *_levels(document),
        *_references(document),
        *_controls(document),
    ]
    if findings:
        raise Refused(dict.fromkeys(findings))


def block_name(block: Any) -> str:
    """How messages name a block: its kind and the words it is known by."""
    kind = type(block).__name__.lower()
    match block:
        case b.PillarOpening(sign=b.Sign(name=name)) | b.KeyFigures(sign=b.Sign(name=name)):
            known = name
        case b.Picture():
            known = plain(block.caption) or block.alt
        case b.Paragraph():
            known = plain(block.words)
        case b.ProjectEntry():
            known = f"{block.number} {block.name}"
        case _:
            given = (getattr(block, n, "") for n in ("title", "text", "caption", "overline"))
            known = next((x for x in given if isinstance(x, str) and x), "")
    return f"{kind} {' '.join(known.split())[:40]}".strip()


def _pictures(document: b.Document) -> Iterator[Finding]:
    for block in document.blocks:
        pictures = {
            "alt": block,
            "picture.alt": getattr(block, "picture", None),
            "logo.alt": getattr(block, "logo", None),
        }
        for name, picture in pictures.items():
            if isinstance(picture, b.Picture) and not picture.alt.strip():
                yield Finding(
                    NO_ALTERNATIVE,
                    "De kaart of grafiek heeft geen tekst voor wie haar niet kan zien",
                    _field(block, name),
                    "Schrijf in een zin wat er te zien is, met de cijfers.",
                )


def _names(document: b.Document) -> Iterator[Finding]:
    if not document.title.strip():
        yield _nameless("Het document heeft geen titel", Field("document, title"))
    for block in document.blocks:
        match block:
            case b.Chapter(title=text) | b.Cover(title=text) | b.Contents(title=text):
                name = "title"
            case b.Heading(text=text):
                name = "text"
            case b.ProjectEntry(name=text):
                name = "name"
            case b.PillarOpening(sign=b.Sign(name=text)):
                name = "sign.name"
            case b.Table(caption=text):
                name = "caption"
            case _:
                continue
        if not text.strip():
            what = "De tabel heeft geen bijschrift" if name == "caption" else "De kop is leeg"
            yield _nameless(what, _field(block, name))


def _nameless(what: str, where: Field) -> Finding:
    return Finding(
        NO_WORDS, what, where, "Vul een korte tekst in: een schermlezer noemt haar als eerste."
    )


def _levels(document: b.Document) -> Iterator[Finding]:
    level = 0
    before = ""
    for block in document.blocks:
        match block:
            case b.Chapter() | b.PillarOpening():
                own = 1
            case b.Heading():
                own = 2
            case b.ProjectEntry():
                own = 3
            case b.Cover() | b.Contents():
                continue
            case _:
                own = 0
        if own > level + 1 or (level == 0 and own == 0):
            missing = level + 1
            after = f" na {before}" if before else " aan het begin van het document"
            yield Finding(
                SKIPPED,
                f"Een kop van niveau {missing} ontbreekt{after}",
                _field(block, "heading"),
                f"Zet er een kop van niveau {missing} voor.",
            )
        if own:
            level, before = own, block_name(block)


def _references(document: b.Document) -> Iterator[Finding]:
    keys = {key for block in document.blocks if (key := getattr(block, "key", ""))}
    for block in document.blocks:
        for part in _parts(block, b.Reference | b.Listed):
            if part.key not in keys:
                yield Finding(
                    NOWHERE,
                    f"Er wordt verwezen naar “{part.key}”, maar dat staat niet in het document",
                    _field(block, "key"),
                    "Verwijs naar een hoofdstuk of project dat er wel in staat.",
                )


def _controls(document: b.Document) -> Iterator[Finding]:
    for name in ("title", "subject", "author", "keywords", "running"):
        yield from _steering("document", name, getattr(document, name))
    for block in document.blocks:
        for field in fields(block):
            yield from _steering(block_name(block), field.name, getattr(block, field.name))


def _steering(block: str, field: str, value: Any) -> Iterator[Finding]:
    for text in _parts(value, str):
        signs = sorted({c for c in text if category(c) in ("Cc", "Cs") and c not in _ALLOWED})
        if signs:
            listed = ", ".join(f"U+{ord(sign):04X}" for sign in signs)
            shown = "".join(" " if c in signs else c for c in block)
            yield Finding(
                CONTROL,
                f"De tekst heeft een onzichtbaar stuurteken: {listed}",
                Field(f"{' '.join(shown.split())}, {field}"),
                "Haal het teken weg; het komt vaak mee bij kopiëren uit een ander programma.",
            )


def _parts(value: Any, kind: Any) -> Iterator[Any]:
    """Everything of a kind within a value."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item, kind)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _parts(getattr(value, field.name), kind)


def _field(block: Any, name: str) -> Field:
    return Field(f"{block_name(block)}, {name}")
