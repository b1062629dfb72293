"""Documents as one web page that needs nothing else: no script, no other file, no other host."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from noaber.documents import blocks as b
from noaber.documents.checking import check_document
from noaber.documents.drawing.colours import SAND, legible, readable_on
from noaber.documents.drawing.marks import mark_drawing
from noaber.documents.html_table import Tables
from noaber.documents.html_words import Words, anchor, between, mark, text
from noaber.documents.payload import moment_line

STYLE = Path(__file__).with_name("html.css")


def write_html(document: b.Document) -> bytes:
    """The document as an accessible HTML page: the same document always gives the same bytes.

    Every figure is a ``data`` element with its value (euros or a count) and its address, and a
    link to its explanation. Pictures are drawn in the page itself.

    :raises Refused: when what a reader needs is missing (`checking`).
    """
    check_document(document)
    return _Page(document).whole().encode()


class _Page:
    def __init__(self, document: b.Document) -> None:
        self.document = document
        self.words = Words(document)
        self.tables = Tables(self.words)
        self.writers: dict[type, Callable[[Any], str]] = {
            b.Heading: self.heading,
            b.Paragraph: self.paragraph,
            b.KeyFigures: self.key_figures,
            b.Table: self.tables.table,
            b.Picture: self.picture,
            b.ProjectEntry: self.project,
            b.Terms: self.terms,
        }

    def whole(self) -> str:
        document = self.document
        blocks = document.blocks
        cover = next((x for x in blocks if isinstance(x, b.Cover)), None)
        contents = next((x for x in blocks if isinstance(x, b.Contents)), None)
        top, listed, body = self.cover(cover), self.contents(contents), self.body()
        about = (
            ("author", document.author),
            ("description", document.subject),
            ("keywords", ", ".join(document.keywords)),
            ("date", document.as_of.isoformat()),
        )
        meta = "".join(f'<meta name="{n}" content="{escape(c)}">\n' for n, c in about)
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{text(document.title)}</title>\n{meta}<style>\n{self.style()}</style>\n"
            '</head>\n<body>\n<a class="skip" href="#inhoud">Naar de inhoud</a>\n'
            f'{top}\n{listed}\n<main id="inhoud">\n{body}</main>\n'
            f"<footer><p>{text(moment_line(document))}</p></footer>\n</body>\n</html>\n"
        )

    def style(self) -> str:
        accent = self.document.accent
        own = (
            f":root {{ --accent: {accent}; --accent-ink: {legible(accent)}; "
            f"--accent-on-sand: {legible(accent, SAND)}; --on-accent: {readable_on(accent)}; }}\n"
        )
        # Dark enough for sand is dark enough for white.
        signs = (
            f".{name} {{ --sign: {legible(colour, SAND)}; }}\n"
            for colour, name in self.words.signs.items()
        )
        return STYLE.read_text("utf-8") + own + "".join(signs)

    def cover(self, cover: b.Cover | None) -> str:
        line = f'<p class="moment">{text(moment_line(self.document))}</p>'
        if cover is None:
            title = text(self.document.title)
            return f'<div class="cover"><header><div><h1>{title}</h1>{line}</div></header></div>'
        signs = "".join(f"<li>{self.words.sign(sign)}</li>" for sign in cover.signs)
        lines = "".join(f"<p>{text(said)}</p>" for said in cover.lines)
        drawn = self.picture(cover.picture) if cover.picture else ""
        logo = f'<div class="logo">{_drawing(cover.logo)}</div>' if cover.logo else ""
        return (
            f'<div class="cover"><header><div>{logo}<p class="overline">{text(cover.overline)}</p>'
            f"<h1>{text(cover.title)}</h1>"
            f"{between('<ul class=signs>', signs, '</ul>')}"
            f"{lines}{line}</div>{drawn}</header></div>"
        )

    def contents(self, contents: b.Contents | None) -> str:
        title = contents.title if contents else "Inhoud"
        entries = []
        for block in self.document.blocks:
            if isinstance(block, b.Chapter):
                entries.append(f'<a href="{escape(anchor(block.key))}">{text(block.title)}</a>')
            elif isinstance(block, b.PillarOpening):
                sign = self.words.sign(block.sign)
                entries.append(f'<a href="{escape(anchor(block.key))}">{sign}</a>')
        items = "".join(f"<li>{entry}</li>" for entry in entries)
        box = ""
        if contents and contents.box:
            rows = _terms(
                [(self.words.inline(a), self.words.inline(said)) for a, said in contents.box]
            )
            box = f'<div class="box"><h3>{text(contents.box_title)}</h3>{rows}</div>'
        return (
            f'<nav aria-labelledby="inhoudsopgave"><h2 id="inhoudsopgave">{text(title)}</h2>'
            f"<ol>{items}</ol>{box}</nav>"
        )

    def body(self) -> str:
        parts, open_section = [], False
        for block in self.document.blocks:
            if isinstance(block, b.Cover | b.Contents):
                continue
            if isinstance(block, b.Chapter | b.PillarOpening):
                parts.append("</section>\n" if open_section else "")
                open_section = True
                opens = self.chapter if isinstance(block, b.Chapter) else self.opening
                parts.append(opens(block))  # type: ignore[arg-type]
            else:
                parts.append(f"{self.writers[type(block)](block)}\n")
        return "".join(parts) + ("</section>\n" if open_section else "")

    def chapter(self, block: b.Chapter) -> str:
        key = escape(block.key)
        kind = ' class="landscape"' if block.layout is b.Layout.LANDSCAPE else ""
        return f'<section{kind} aria-labelledby="{key}"><h2 id="{key}">{text(block.title)}</h2>\n'

    def opening(self, block: b.PillarOpening) -> str:
        key, colour = escape(block.key), self.words.colour(block.sign)
        listed = "".join(
            f'<li><span class="number">{text(x.number)}</span><span>'
            f'<a href="{escape(anchor(x.key))}">{text(x.name)}</a> {mark(x.mark)}</span></li>'
            for x in block.listed
        )
        said = f'<p class="lead">{text(block.introduction)}</p>' if block.introduction else ""
        figures = self.key_figures(b.KeyFigures(block.figures, block.sign))
        drawn = self.picture(block.picture) if block.picture else ""
        return (
            f'<section class="pillar {colour}" aria-labelledby="{key}">'
            f'<div class="opening"><div><p class="term">{text(block.term)}</p>'
            f'<h2 id="{key}">{mark_drawing(block.sign.mark)} {text(block.sign.name)}</h2>'
            f"{said}{figures}</div>{drawn}</div>"
            f"{between('<ol class=listed>', listed, '</ol>')}\n"
        )

    def heading(self, block: b.Heading) -> str:
        key = f' id="{escape(block.key)}"' if block.key else ""
        if block.sign:
            drawn = mark_drawing(block.sign.mark)
            return (
                f'<h3{key} class="{self.words.colour(block.sign)}">'
                f'<span class="sign">{drawn} {text(block.text)}</span></h3>'
            )
        return f"<h3{key}>{text(block.text)}</h3>"

    def paragraph(self, block: b.Paragraph) -> str:
        kind = ' class="lead"' if block.lead else ' class="quiet"' if block.quiet else ""
        return f"<p{kind}>{self.words.inline(block.words)}</p>"

    def key_figures(self, block: b.KeyFigures) -> str:
        items = "".join(
            f"<li><strong>{self.words.inline(x.words)}</strong> "
            f"<span>{self.words.inline(x.label)}</span></li>"
            for x in block.items
        )
        return f'<ul class="key-figures {self.words.colour(block.sign)}">{items}</ul>'

    def picture(self, block: b.Picture) -> str:
        caption = self.words.inline(block.caption)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{_drawing(block)}{below}</figure>"

    def project(self, block: b.ProjectEntry) -> str:
        key = escape(block.key)
        facts = "".join(f'<p class="facts">{self.words.inline(fact)}</p>' for fact in block.facts)
        body = "".join(f'<p class="text">{text(said)}</p>' for said in _paragraphs(block.text))
        after = f'<p class="after">{self.words.inline(block.after)}</p>' if block.after else ""
        number = f'<span class="number">{text(block.number)}</span> '
        awarded = self.words.inline(block.awarded)
        return (
            f'<article class="project {self.words.colour(block.sign)}" aria-labelledby="{key}">'
            f'<div><h4 id="{key}">{number}{text(block.name)} {mark(block.mark)}</h4>'
            f'<p class="awarded">{awarded}</p></div>{facts}{body}{after}</article>'
        )

    def terms(self, block: b.Terms) -> str:
        return _terms([(text(term), self.words.inline(said)) for term, said in block.items])


def _drawing(block: b.Picture) -> str:
    """The drawing itself, with its words for who cannot see it."""
    return block.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(block.alt)}" ', 1)


def _terms(items: Sequence[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{term}</dt><dd>{said}</dd>' for term, said in items)}</dl>"


def _paragraphs(said: str) -> list[str]:
    return [line for line in said.split("\n") if line.strip()]
