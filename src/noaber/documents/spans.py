"""Words as spans: what a writer without pages needs to know of each piece of text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from noaber.documents import blocks as b
from noaber.documents.links import explanation
from noaber.documents.wording import MARKS, written


@dataclass(frozen=True)
class Span:
    """A piece of text; `number` when it is a figure, `address` or `key` when it is a link.

    `address` is a page on the web, `key` a block of the document.
    """

    text: str
    number: b.Number | None = None
    address: str = ""
    key: str = ""
    strong: bool = False
    mark: b.Mark | None = None
    sign: b.Sign | None = None


def spans(document: b.Document, words: b.Words, *, in_cell: bool = False) -> tuple[Span, ...]:
    """The words as spans. References to a page are left out: there are no pages to number.

    A figure links to its explanation; nothing, or a figure that is missing, has no link.
    """
    found = []
    for part in words:
        if isinstance(part, b.Number):
            found.append(_number(document, part, in_cell=in_cell))
        elif isinstance(part, b.Plain):
            found.append(Span(written(part.value, part.form, in_cell=in_cell)))
        elif not is_page(part):
            found.append(_word(part))
    return tuple(found)


def plain(words: b.Words, *, in_cell: bool = False) -> str:
    """The words as text only."""

    def said(part: b.Inline) -> str:
        match part:
            case b.Number(figure=figure, form=form):
                return written(figure.value, form, in_cell=in_cell)
            case b.Plain(value=value, form=form):
                return written(value, form, in_cell=in_cell)
        return "" if is_page(part) else _word(part).text

    return "".join(said(part) for part in words)


def is_page(part: b.Inline) -> bool:
    """Whether it is the number of a page."""
    return isinstance(part, b.Reference) and not part.text


def pageless(table: b.Table) -> b.Table:
    """The table without the columns that hold only numbers of pages."""
    rows = [row for group in table.groups for row in group.rows]
    dropped = {
        index
        for index in range(len(table.columns))
        if rows and all(_only_page(row, index) for row in (*rows, *table.totals))
    }
    if not dropped:
        return table
    narrowed = _without(dropped)
    return replace(
        table,
        columns=tuple(c for i, c in enumerate(table.columns) if i not in dropped),
        groups=tuple(replace(g, rows=tuple(map(narrowed, g.rows))) for g in table.groups),
        totals=tuple(map(narrowed, table.totals)),
    )


def placed(row: b.Row) -> Iterable[tuple[int, b.Cell]]:
    """The cells of a row, each with the index of its first column."""
    at = 0
    for cell in row.cells:
        yield at, cell
        at += cell.span


def _only_page(row: b.Row, index: int) -> bool:
    return any(
        at == index and cell.span == 1 and len(cell.words) == 1 and is_page(cell.words[0])
        for at, cell in placed(row)
    )


def _without(dropped: set[int]) -> Callable[[b.Row], b.Row]:
    def narrowed(row: b.Row) -> b.Row:
        return replace(row, cells=tuple(c for at, c in placed(row) if at not in dropped))

    return narrowed


def _number(document: b.Document, part: b.Number, *, in_cell: bool) -> Span:
    figure = part.figure
    text = written(figure.value, part.form, in_cell=in_cell)
    address = (
        explanation(document.base_url, figure.address, document.moment) if figure.value else ""
    )
    return Span(text, number=part, address=address)


def _word(part: b.Inline) -> Span:
    match part:
        case b.Mark():  # before plain text: a mark is a text too
            return Span(MARKS[part], mark=part)
        case b.Strong():
            return Span(part.text, strong=True)
        case b.Reference():
            return Span(part.text, key=part.key)
        case b.Web():
            return Span(part.text, address=part.address)
        case b.Sign():
            return Span(part.name, sign=part)
    return Span(str(part))
