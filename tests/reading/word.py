"""Figures read back from a Word document: every link to an explanation, with its text."""

from io import BytesIO

import docx
from docx.oxml.ns import qn

from tests.reading.shown import ORIGIN, Shown, is_address, linked


def figures(content: bytes, place: str = "docx") -> list[Shown]:
    """Every figure that is a link, in the order of the text."""
    document = docx.Document(BytesIO(content))
    related = document.part.rels
    found = []
    for link in document.element.body.iter(qn("w:hyperlink")):
        key = link.get(qn("r:id"))
        target = related[key].target_ref if key else ""
        if ORIGIN in target:
            said = "".join(part.text or "" for part in link.iter(qn("w:t")))
            if not is_address(said):
                found.append(linked(target, said, place))
    return found
