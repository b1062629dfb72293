"""A document as plain HTML: the same texts and tables, without pictures, colours or layout."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from noaber.documents.blocks import Document
from noaber.documents.payload import payload

Data = Mapping[str, Any]


def as_html(document: Document) -> str:
    """The document as one page of HTML."""
    data = payload(document)
    cover = data["cover"]
    parts = [f"<h1>{escape(cover['title'])}</h1>", _paragraphs(cover["lines"])] if cover else []
    for chapter in data["chapters"]:
        parts += _opening(chapter)
        parts += [_block(block) for block in chapter["blocks"]]
    return (
        f'<!doctype html><html lang="{data["language"]}"><head><title>{escape(data["title"])}'
        f"</title></head><body>{''.join(parts)}</body></html>"
    )


def _opening(chapter: Data) -> Iterable[str]:
    if chapter["opening"]:
        return [_pillar(chapter["opening"])]
    # Pages that pillars share have no title of their own.
    return [_title(chapter)] if chapter.get("title") else []


def _title(chapter: Data) -> str:
    return f"<h1>{escape(chapter['title'])}</h1>"


def _pillar(opening: Data) -> str:
    lines = [f"{x['number']} {x['name']}" for x in opening["listed"]]
    return (
        f"<h1>{escape(opening['sign']['name'])}</h1>{_paragraphs([opening['introduction']])}"
        f"{_key_figures(opening['figures'])}{_paragraphs(lines)}"
    )


def _block(block: Data) -> str:
    return _BLOCKS[block["kind"]](block)


def _heading(block: Data) -> str:
    return f"<h2>{escape(block['text'])}</h2>"


def _paragraph(block: Data) -> str:
    return f"<p>{_words(block['words'])}</p>"


def _picture(block: Data) -> str:
    return f"<p>{escape(block['alt'])} {_words(block['caption'])}</p>"


def _said_terms(block: Data) -> str:
    return _terms((escape(term), _words(said)) for term, said in block["items"])


def _key_figures(block: Data) -> str:
    return _terms((_words(item["words"]), _words(item["label"])) for item in block["items"])


def _project(block: Data) -> str:
    mark = f" ({escape(block['mark']['word'])})" if block["mark"] else ""
    facts = "".join(f"<p>{_words(fact)}</p>" for fact in block["facts"])
    return (
        f"<h3>{escape(block['number'])} {escape(block['name'])}{mark}</h3>"
        f"<p>{_words(block['awarded'])}</p>{facts}{_paragraphs(block['text'].splitlines())}"
        f"<p>{_words(block['after'])}</p>"
    )


def _table(block: Data) -> str:
    width = len(block["columns"])
    heads = "".join(
        f"<th>{_words(c['title'])} {escape(c['subtitle'])}</th>" for c in block["columns"]
    )
    rows = []
    for group in block["groups"]:
        if group["sign"]:
            rows.append(f'<tr><th colspan="{width}">{escape(group["sign"]["name"])}</th></tr>')
        rows += [_row(row, width) for row in group["rows"]]
    rows += [_row(row, width) for row in block["totals"]]
    notes = "".join(f"<p>{_words(note)}</p>" for note in block["notes"])
    return (
        f"<table><caption>{escape(block['caption'])}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{notes}"
    )


def _row(row: Data, width: int) -> str:
    cells = "".join(
        f'<td colspan="{cell["span"]}">{_words(cell["words"])} {_words(cell["note"])}</td>'
        for cell in row["cells"]
    )
    below = f'<tr><td colspan="{width}">{_words(row["below"])}</td></tr>' if row["below"] else ""
    return f"<tr>{cells}</tr>{below}"


def _terms(items: Iterable[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{term}</dt><dd>{said}</dd>' for term, said in items)}</dl>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _words(words: Iterable[Data]) -> str:
    return "".join(map(_word, words))


def _word(word: Data) -> str:
    match word["kind"]:
        case "link" | "web":
            return f'<a href="{escape(word["address"])}">{escape(word["text"])}</a>'
        case "strong":
            return f"<b>{escape(word['text'])}</b>"
        case "mark":
            return escape(word["mark"]["word"])
        case "sign":
            return escape(word["name"])
        case _:
            return escape(word.get("text", ""))


_BLOCKS: Mapping[str, Callable[[Data], str]] = {
    "chapter": _title,
    "opening": _pillar,
    "heading": _heading,
    "paragraph": _paragraph,
    "key-figures": _key_figures,
    "picture": _picture,
    "project": _project,
    "terms": _said_terms,
    "table": _table,
}
