"""Tables of a document as HTML: caption, heads with scope, notes below."""

from html import escape

from noaber.documents import blocks as b
from noaber.documents.html_words import Words, between
from noaber.documents.spans import pageless, placed
from noaber.documents.wording import INFERRED


class Tables:
    """Writes tables of one document; a note has a number that is its own on the page."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.notes = 0

    def table(self, block: b.Table) -> str:
        """A table that scrolls sideways when it must, and its notes."""
        return _Table(self, pageless(block)).whole()


class _Table:
    def __init__(self, tables: Tables, table: b.Table) -> None:
        self.tables = tables
        self.words = tables.words
        self.block = table
        self.columns = table.columns
        self.head = next((i for i, c in enumerate(self.columns) if c.share and not c.numeric), 0)
        self.notes: list[str] = []

    def whole(self) -> str:
        block = self.block
        caption = escape(block.caption, quote=False)
        heads = "".join(self.column(column) for column in self.columns)
        bodies = "".join(map(self.group, block.groups))
        totals = "".join(self.row(row, total=True) for row in block.totals)
        return (
            f'<div class="scroll" role="region" aria-label="{escape(block.caption)}" tabindex="0">'
            f"<table{' class=small' if block.small else ''}>"
            f"<caption><span>{caption}</span></caption><thead><tr>{heads}</tr></thead>{bodies}"
            f"{f'<tfoot>{totals}</tfoot>' if totals else ''}</table></div>{self.below()}"
        )

    def column(self, column: b.Column) -> str:
        subtitle = escape(column.subtitle)
        if column.estimated:
            subtitle += _inferred("geschat")
        small = f" <small>{subtitle}</small>" if subtitle else ""
        return f'<th scope="col"{self.kind(column)}>{self.words.inline(column.title)}{small}</th>'

    def kind(self, column: b.Column, cell: b.Cell | None = None) -> str:
        classes = [
            name
            for name, holds in (
                ("n", column.numeric and (cell is None or cell.span == 1)),
                ("wide", bool(column.share) and not column.numeric and len(self.columns) > 4),
                ("now", column.current),
                ("strong", cell is not None and cell.strong),
                ("muted", cell is not None and cell.quiet),
            )
            if holds
        ]
        return f' class="{" ".join(classes)}"' if classes else ""

    def group(self, group: b.Group) -> str:
        head = ""
        if group.sign:
            sign = self.words.sign(group.sign)
            head = f'<tr><th scope="rowgroup" colspan="{len(self.columns)}">{sign}</th></tr>'
        return f"<tbody>{head}{''.join(map(self.row, group.rows))}</tbody>"

    def row(self, row: b.Row, *, total: bool = False) -> str:
        cells = []
        for at, cell in placed(row):
            column = self.columns[at]
            named = at == 0 if total else at <= self.head < at + cell.span
            tag, scope = ("th", ' scope="row"') if named and cell.words else ("td", "")
            span = f' colspan="{cell.span}"' if cell.span > 1 else ""
            body = self.words.inline(cell.words, in_cell=True)
            signs = _inferred("afgeleid") if cell.inferred else ""
            signs += self.note(cell.note) if cell.note else ""
            # Signs hang beside an amount, so that digits align.
            body += between('<span class="hang">', signs, "</span>")
            cells.append(f"<{tag}{scope}{span}{self.kind(column, cell)}>{body}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>{self.line(row)}"

    def line(self, row: b.Row) -> str:
        """The line under a row, such as its progress, in line with the name."""
        if not row.below:
            return ""
        before = f'<td colspan="{self.head}"></td>' if self.head else ""
        current = [i for i, c in enumerate(self.columns) if c.current and i > self.head]
        end = current[0] if current else len(self.columns)
        after = "".join(f"<td{self.kind(column)}></td>" for column in self.columns[end:])
        said = f'<td colspan="{end - self.head}"><div>{self.words.inline(row.below)}</div></td>'
        return f'<tr class="below">{before}{said}{after}</tr>'

    def note(self, note: b.Words) -> str:
        self.tables.notes += 1
        number = self.tables.notes
        self.notes.append(
            f'<li id="noot-{number}" value="{number}">{self.words.inline(note)} '
            f'<a href="#bij-noot-{number}" aria-label="Terug naar het bedrag bij noot {number}">'
            "Terug</a></li>"
        )
        return (
            f'<sup><a id="bij-noot-{number}" href="#noot-{number}" aria-label="Noot {number}">'
            f"{number}</a></sup>"
        )

    def below(self) -> str:
        """The notes under the table."""
        numbered = f'<ol class="notes">{"".join(self.notes)}</ol>' if self.notes else ""
        said = "".join(
            f'<p class="quiet">{self.words.inline(note)}</p>' for note in self.block.notes
        )
        return numbered + said


def _inferred(word: str) -> str:
    return (
        f'<span class="inferred" aria-hidden="true">{INFERRED}</span>'
        f'<span class="spoken"> ({word})</span>'
    )
