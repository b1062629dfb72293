"""Words that every writer of documents uses."""

from noaber.core.notation import MISSING, ZERO, amount, count, euro, million, signed
from noaber.documents.blocks import Form, Mark

MARKS = {Mark.NEW: "NIEUW", Mark.FOLLOW_UP: "VERVOLG"}

INFERRED = "°"
"""Sign after what a source does not literally say."""

PROGRESS = "»"
"""Sign before a line on progress."""


def written(value: int | None, form: Form, *, in_cell: bool = False) -> str:
    """A number as people read it; in the cell of a table zero is a dash."""
    if value is None:
        return MISSING
    if not value and in_cell and form in (Form.AMOUNT, Form.COUNT):
        return ZERO
    ways = {
        Form.EURO: euro,
        Form.AMOUNT: amount,
        Form.MILLION: million,
        Form.COUNT: count,
        Form.DIFFERENCE: signed,
    }
    return ways[form](value)
