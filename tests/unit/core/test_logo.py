"""A logo is shapes and nothing else."""

import time
from xml.etree.ElementTree import fromstring

import pytest

from noaber.core.logo import LONGEST, MOST_SHAPES, LogoError, parse_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
GOOD = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="4cm" viewBox="0,0 40 20" fill="#1d5c8a">
  <!-- a house -->
  <title>Een huis &amp; een zon</title>
  <g transform="translate(2 1) rotate(-4)"><path d="M0 8 L10 0l10 8v10H0z" fill-rule="evenodd"/></g>
  <circle cx="32" cy="6.5" r="4" fill="#fc0"/><rect x="1" y="18" width="38" height="1"/>
  <polygon points="1,1 2,2 3,1" stroke="none" stroke-width=".5"/><ellipse cx="3" cy="3" rx="1" ry="2"/>
</svg>"""


def with_inside(inside: str) -> str:
    return f"{HEAD}{inside}</svg>"


def refused(text: str) -> str:
    with pytest.raises(LogoError) as wrong:
        parse_logo(text)
    return str(wrong.value)


def test_shapes_are_kept_and_the_size_is_that_of_the_box() -> None:
    root = fromstring(parse_logo(GOOD))
    assert root.attrib == {
        "width": "40", "height": "20", "viewBox": "0 0 40 20", "fill": "#1d5c8a",
    }  # fmt: skip
    names = [child.tag.rpartition("}")[2] for child in root.iter()]
    assert names == ["svg", "title", "g", "path", "circle", "rect", "polygon", "ellipse"]
    assert root[0].text == "Een huis & een zon"


def test_reading_what_was_written_gives_the_same() -> None:
    once = parse_logo(GOOD)
    assert parse_logo(once) == once


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script> mag niet"),
        ("<text>Deal</text>", "<text> mag niet"),
        ("<style>path{}</style>", "<style> mag niet"),
        ("<foreignObject/>", "<foreignObject> mag niet"),
        ('<image href="https://elders.example/x.png"/>', "<image> mag niet"),
        ("<use href='#a'/>", "<use> mag niet"),
        ("<a><path d='M0 0'/></a>", "<a> mag niet"),
        ("<animate/>", "<animate> mag niet"),
        ('<g xmlns:x="urn:x"><x:path/></g>', "<{urn:x}path> mag niet"),
        (f"{HEAD}</svg>", "<svg> mag niet"),
        ('<rect onload="alert(1)"/>', "onload mag niet bij <rect>"),
        ('<rect style="fill:red"/>', "style mag niet bij <rect>"),
        ('<rect id="a"/>', "id mag niet bij <rect>"),
        ('<rect fill="url(#a)"/>', 'fill="url(#a)" mag niet bij <rect>'),
        ('<rect fill="red"/>', 'fill="red" mag niet bij <rect>'),
        ('<rect width="100%"/>', 'width="100%" mag niet bij <rect>'),
        ('<g xmlns:l="http://www.w3.org/1999/xlink" l:href="x"/>', "href mag niet bij <g>"),
        ('<path d="javascript:alert(1)"/>', "mag niet bij <path>"),
        ('<g transform="url(x)"/>', "mag niet bij <g>"),
        ("losse woorden", "er staat tekst buiten <title>"),
        ("<g/>staart", "er staat tekst buiten <title>"),
        ("<title>a<g/></title>", "in <title> staat meer dan tekst"),
    ],
)  # fmt: skip
def test_what_is_no_plain_shape_is_refused_by_name(inside: str, said: str) -> None:
    assert said in refused(with_inside(inside))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "geen leesbare SVG"),
        ("<svg", "geen leesbare SVG"),
        ('<svg viewBox="0 0 1 1"/>', "het begint niet met"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + with_inside("<g/>"), "DOCTYPE"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>', "viewBox"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 2"/>', "viewBox"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 70 2"/>', "te smal of te breed"),
        (with_inside("<g/>" * MOST_SHAPES), "te ingewikkeld"),
        (with_inside("<g>" * 20 + "</g>" * 20), "te ingewikkeld"),
        (with_inside(" " * LONGEST), "er is plaats voor 20000"),
    ],
)
def test_what_cannot_be_drawn_well_is_refused(text: str, said: str) -> None:
    assert said in refused(text)


def test_everything_that_is_wrong_is_told_at_once_and_only_once() -> None:
    said = refused(with_inside("<text>a</text><text>b</text><script/>"))
    assert said == "<text> mag niet; <script> mag niet"


@pytest.mark.parametrize(
    "inside",
    [
        f'<path d="M{"1" * 9_000}!"/>',
        f'<polygon points="{"1 " * 9_000}!"/>',
        f'<g transform="{"rotate(1)" * 2_000}!"/>',
    ],
)
def test_a_long_text_is_judged_at_once(inside: str) -> None:
    start = time.perf_counter()
    refused(with_inside(inside))
    assert time.perf_counter() - start < 1
