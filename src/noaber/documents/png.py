"""Drawings as PNG, for writers that take no SVG."""

import typst

from noaber.documents.typst import document_fonts

_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.at("svg")), format: "svg")"""
_PIXELS_PER_INCH = 220.0


def png(svg: str) -> bytes:
    """The drawing as PNG: the same drawing always gives the same bytes.

    :raises FontsMissing: when frontend/build.py has not made the fonts.
    """
    return typst.compile(
        _PAGE.encode(),
        font_paths=document_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=_PIXELS_PER_INCH,
    )
