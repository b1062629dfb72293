"""Documents as PDF, accessible (PDF/UA-1) and to be kept (PDF/A-2a), with typst."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from noaber.documents.blocks import Document
from noaber.documents.checking import check_document
from noaber.documents.glyphs import check_glyphs
from noaber.documents.payload import payload

TEMPLATE = Path(__file__).with_name("document.typ")
FONTS = ("NotoSans.ttf", "NotoSansExt.ttf")


class FontsMissing(Exception):
    """The fonts that documents are set in have not been made on this machine."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"In {folder} staan de letters voor documenten niet. Maak ze met: python frontend/build.py"
        )


def write_pdf(document: Document) -> bytes:
    """The document as PDF: the same document always gives the same bytes.

    :raises Refused: when a text has a character that the fonts do not have, or when what a
        reader needs is missing (`checking`).
    :raises FontsMissing: when frontend/build.py has not made the fonts.
    """
    check_document(document)
    fonts = document_fonts()
    data = payload(document)
    check_glyphs(data, _files())
    # Never the clock: a document made again is the same document.
    made = datetime.combine(document.as_of, time(), UTC)
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made.timestamp()),
    )


def document_fonts() -> typst.Fonts:
    """The fonts that documents are set in.

    :raises FontsMissing: when frontend/build.py has not made them.
    """
    files = _files()
    if not all(file.is_file() for file in files):
        raise FontsMissing(files[0].parent)
    return _fonts(files[0].parent)


def _files() -> list[Path]:
    return [Path(settings.FRONTEND) / "fonts" / name for name in FONTS]


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Ours only: with the fonts built into typst a missing character would silently look off."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
