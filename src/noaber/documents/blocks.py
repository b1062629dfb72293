"""What a document consists of: content blocks that every writer (PDF, HTML, sheets) reads.

Blocks hold values, not layout: a number keeps its `Figure`, so that each writer can format it,
link it to its explanation or put it in a cell as a number.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from noaber.monitor.rules import Figure
from noaber.record.rules import Moment


class Form(StrEnum):
    """How a number is written."""

    EURO = "euro"
    AMOUNT = "amount"
    MILLION = "million"
    COUNT = "count"
    DIFFERENCE = "difference"


class Mark(StrEnum):
    """What a tranche means for a project."""

    NEW = "new"
    FOLLOW_UP = "follow_up"


class Layout(StrEnum):
    """How a chapter uses its pages: the text column, the full width, or lying down."""

    TEXT = "text"
    WIDE = "wide"
    LANDSCAPE = "landscape"


@dataclass(frozen=True)
class Number:
    """A figure with its address, written in a form; shown as a link to its explanation."""

    figure: Figure
    form: Form = Form.AMOUNT


@dataclass(frozen=True)
class Plain:
    """A number that is no figure of the register, such as one that a source states."""

    value: int | None
    form: Form = Form.AMOUNT


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Reference:
    """A link to a block with this `key`; without `text` it is the number of its page.

    `before` are the words before that number: a form without pages leaves them out with it.
    """

    key: str
    text: str = ""
    before: str = ""


@dataclass(frozen=True)
class Web:
    """A link to a page on the web."""

    address: str
    text: str


@dataclass(frozen=True)
class Sign:
    """A pillar as it is always shown: name, colour (``#rrggbb``) and mark."""

    name: str
    colour: str
    mark: str


Inline = str | Number | Plain | Strong | Reference | Web | Sign | Mark
Words = tuple[Inline, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG) with the words that stand in for it."""

    svg: str
    alt: str
    caption: Words = ()


@dataclass(frozen=True)
class Column:
    """A column of a table. `share` is its part of the width that is left; 0 takes `width` mm.

    A column that is `current` is the one the edition is about; `estimated` marks its subtitle.
    """

    title: Words
    subtitle: str = ""
    numeric: bool = False
    width: float = 0
    share: float = 0
    current: bool = False
    estimated: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: its words, an optional footnote, and how many columns it takes."""

    words: Words = ()
    note: Words = ()
    inferred: bool = False
    quiet: bool = False
    strong: bool = False
    span: int = 1


@dataclass(frozen=True)
class Row:
    """A row; `below` is a line under it that stays with it, such as its progress."""

    cells: tuple[Cell, ...]
    below: Words = ()
    below_quiet: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own; without a sign there is no heading."""

    rows: tuple[Row, ...]
    sign: Sign | None = None


@dataclass(frozen=True)
class Table:
    """A table with its caption (for who cannot see it), heads, groups of rows and totals."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    totals: tuple[Row, ...] = ()
    notes: tuple[Words, ...] = ()
    sign: Sign | None = None
    small: bool = False


@dataclass(frozen=True)
class Cover:
    """The first page: title (a soft hyphen says where it may break), signs, lines, map and logo."""

    overline: str
    title: str
    signs: tuple[Sign, ...]
    lines: tuple[str, ...]
    picture: Picture | None = None
    logo: Picture | None = None


@dataclass(frozen=True)
class Contents:
    """The table of contents, with a box that says how to read the document."""

    title: str
    box_title: str
    box: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True)
class Chapter:
    """Starts a page with a heading of the first level; one that `follows` goes on where it can.

    It can after a chapter with the same layout.
    """

    title: str
    key: str
    layout: Layout = Layout.WIDE
    follows: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """A figure to see at a glance, with what it is."""

    words: Words
    label: Words


@dataclass(frozen=True)
class KeyFigures:
    """A row of key figures, in the colour of the sign or else of the deal."""

    items: tuple[KeyFigure, ...]
    sign: Sign | None = None


@dataclass(frozen=True)
class Listed:
    """A line in a list of projects."""

    key: str
    number: str
    name: str
    mark: Mark | None = None


@dataclass(frozen=True)
class PillarOpening:
    """The opening page of a pillar, and a chapter: what it is for, its figures and projects.

    With few projects `listed` is empty and the projects follow on the same page. Neighbours that
    are that small, without a picture, share pages.
    """

    sign: Sign
    key: str
    term: str
    introduction: str
    figures: tuple[KeyFigure, ...]
    picture: Picture | None = None
    listed: tuple[Listed, ...] = ()
    follows_on: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of the second level within a chapter; `new_page` when it starts a page."""

    text: str
    key: str = ""
    sign: Sign | None = None
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a lead opens a chapter, a quiet one explains what stands above it."""

    words: Words
    lead: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class ProjectEntry:
    """A project: number, name, mark, money, quiet facts, text and what comes `after` the deal.

    `tranches` says of every tranche so far whether it brought the project money.
    """

    key: str
    sign: Sign
    number: str
    name: str
    mark: Mark | None
    awarded: Words
    facts: tuple[Words, ...]
    text: str
    after: Words = ()
    tranches: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Terms:
    """Terms with what they mean or say, as in a colophon."""

    items: tuple[tuple[str, Words], ...]


Block = (
    Cover
    | Contents
    | Chapter
    | PillarOpening
    | Heading
    | Paragraph
    | KeyFigures
    | Table
    | Picture
    | ProjectEntry
    | Terms
)


@dataclass(frozen=True)
class Document:
    """A document as it was at a moment; `as_of` and `known_on` are the days it names.

    `base_url` is the site on which figures explain themselves, without a slash at the end.
    """

    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    running: tuple[str, str]
    moment: Moment
    as_of: date
    known_on: date | None
    accent: str
    blocks: tuple[Block, ...]
    base_url: str = "http://localhost:8000"
    language: str = "nl"
