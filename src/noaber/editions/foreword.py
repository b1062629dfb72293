"""The foreword of an edition, when it has one."""

from noaber.documents.blocks import Block, Chapter, Layout, Paragraph, Strong
from noaber.editions.edition import Edition
from noaber.editions.rules import capitalised


def foreword(edition: Edition) -> list[Block]:
    """The foreword of the edition's tranche, signed; nothing when there is none."""
    found = edition.view.foreword(edition.number)
    if found is None:
        return []
    first, *others = [line for line in found.foreword.text.split("\n") if line.strip()]
    blocks: list[Block] = [
        Chapter(found.foreword.title, "chapter/foreword", Layout.TEXT),
        Paragraph((first,), lead=True),
        *(Paragraph((line,)) for line in others),
    ]
    blocks.extend(Paragraph((Strong(line),)) for line in found.signed)
    return [*blocks, Paragraph((capitalised(edition.when),), quiet=True)]
