"""Notation in the language of the page: Dutch as `core.notation` writes it, or English.

Everything the site shows is written through here, so that an English page says €3.1 million
where the Dutch one says € 3,1 mln.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import wraps
from typing import ParamSpec

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noaber.core import notation as dutch
from noaber.web import english, language

ZERO = dutch.ZERO
MINUS = dutch.MINUS
NO_BREAK_SPACE = dutch.NO_BREAK_SPACE

P = ParamSpec("P")


def _either(in_dutch: Callable[P, str], in_english: Callable[P, str]) -> Callable[P, str]:
    @wraps(in_dutch)
    def written(*args: P.args, **kwargs: P.kwargs) -> str:
        chosen = in_english if language.english() else in_dutch
        return chosen(*args, **kwargs)

    return written


euro = _either(dutch.euro, english.euro)
amount = _either(dutch.amount, english.amount)
signed = _either(dutch.signed, english.signed)
million = _either(dutch.million, english.million)
count = _either(dutch.count, english.count)
percent = _either(dutch.percent, english.percent)
day = _either(dutch.day, english.day)
month = _either(dutch.month, english.month)
partial = _either(dutch.partial, english.partial)
short_month = _either(dutch.short_month, english.short_month)
ordinal = _either(dutch.ordinal, english.ordinal)
number_word = _either(dutch.number_word, english.number_word)
_plain_list = _either(dutch.listed, english.listed)


def missing() -> str:
    """What stands where there is no figure."""
    return english.MISSING if language.english() else dutch.MISSING


def decimal(value: Decimal) -> str:
    """Write a measured number: no zeros that say nothing, and a comma or a point."""
    if value == int(value):
        return count(int(value))
    written = f"{value.normalize():f}"
    return written if language.english() else written.replace(".", ",")


def listed(items: Sequence[str]) -> str:
    """Write items as a phrase: "a, b en c"; items that are HTML stay so."""
    if not any(isinstance(item, SafeString) for item in items):
        return _plain_list(items)
    if len(items) < 2:
        return items[0]
    first = format_html_join(", ", "{}", ((item,) for item in items[:-1]))
    return format_html("{} {} {}", first, language.text("en"), items[-1])


def capital(text: str) -> str:
    """With a capital, and the rest as it is; "één" becomes "Eén"; of HTML that starts with a
    letter too.
    """
    raised = f"E{text[1:]}" if text.startswith("éé") else text[:1].upper() + text[1:]
    return SafeString(raised) if isinstance(text, SafeString) else raised


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    raised = f"{capital(text)}."
    return SafeString(raised) if isinstance(text, SafeString) else raised
