"""Words of a document as HTML: figures, marks, signs and links."""

from html import escape

from noaber.documents import blocks as b
from noaber.documents.drawing.marks import mark_drawing
from noaber.documents.figures import exact
from noaber.documents.spans import Span, spans
from noaber.documents.wording import MARKS, written


class Words:
    """Writes words of one document; `signs` are the colours that have a class of their own."""

    def __init__(self, document: b.Document) -> None:
        self.document = document
        self.signs: dict[str, str] = {}

    def inline(self, words: b.Words, *, in_cell: bool = False) -> str:
        """The words, each piece as what it is."""
        found = spans(self.document, words, in_cell=in_cell)
        return "".join(self._span(span, in_cell=in_cell) for span in found)

    def colour(self, sign: b.Sign | None) -> str:
        """The class that gives the colour of a sign; nothing without one."""
        if sign is None:
            return ""
        return self.signs.setdefault(sign.colour, f"sign-{len(self.signs) + 1}")

    def sign(self, sign: b.Sign) -> str:
        """A pillar: its mark and its name in its colour."""
        drawn = mark_drawing(sign.mark)
        return f'<span class="sign {self.colour(sign)}">{drawn} {escape(sign.name)}</span>'

    def _span(self, span: Span, *, in_cell: bool) -> str:
        if span.number:
            return self._figure(span, span.number, in_cell=in_cell)
        if span.mark:
            return mark(span.mark)
        if span.sign:
            return self.sign(span.sign)
        shown = text(span.text)
        if span.strong:
            return f"<strong>{shown}</strong>"
        if span.address or span.key:
            return f'<a href="{escape(span.address or anchor(span.key))}">{shown}</a>'
        return shown

    def _figure(self, span: Span, number: b.Number, *, in_cell: bool) -> str:
        figure = number.figure
        address = escape(str(figure.address))
        if figure.value is None:
            return f'<span data-address="{address}">{escape(span.text)}</span>'
        shown = escape(span.text)
        if not figure.value and in_cell:
            shown = f'<span aria-hidden="true">{shown}</span><span class="spoken">nul</span>'
        value = exact(figure.value, figure.unit)
        data = f'<data value="{value}" data-address="{address}">{shown}</data>'
        if not span.address:
            return data
        precise = written(figure.value, b.Form.EURO)
        hover = f' title="{escape(precise)}"' if number.form is b.Form.MILLION else ""
        return f'<a href="{escape(span.address)}"{hover}>{data}</a>'


def text(value: str) -> str:
    """Text of people as HTML, its lines kept."""
    return escape(value, quote=False).replace("\n", "<br>")


def between(before: str, body: str, after: str) -> str:
    """The body with its tags around it; nothing when there is no body."""
    return f"{before}{body}{after}" if body else ""


def anchor(key: str) -> str:
    """The address of a block within the page."""
    return f"#{key}"


def mark(value: b.Mark | None) -> str:
    """What the tranche means for a project, as a word in a frame."""
    if value is None:
        return ""
    kind = " new" if value is b.Mark.NEW else ""
    return f'<span class="mark{kind}">{MARKS[value]}</span>'
