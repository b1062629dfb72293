"""The interface in Dutch or English, and which part of a page is in which language."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from noaber.web import language

register = template.Library()


@register.simple_tag
def t(dutch: str, **values: Any) -> SafeString:
    """A text of the interface, with what fills its places: `{% t "Fout: {wrong}" wrong=... %}`."""
    return conditional_escape(language.text(dutch, **values))


@register.simple_tag
def crumb(name: str) -> SafeString:
    """The last step of a path to a page: a page of the site, or the Dutch name of a thing."""
    return conditional_escape(language.known(name))


@register.simple_tag
def page_lang() -> str:
    """The language of the interface, for the whole page."""
    return language.current()


@register.simple_tag
def dutch_here() -> SafeString:
    """The attribute that says that what is inside is Dutch, on a page that is not."""
    return SafeString(' lang="nl"' if language.english() else "")


@register.simple_tag
def is_english() -> bool:
    """Whether the interface is English."""
    return language.english()


@register.simple_tag(takes_context=True)
def language_switch(context: dict[str, Any]) -> SafeString:
    """A link to the same page in the other language; none where there is no page to link to."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    wanted, name = ("nl", "Nederlands") if language.english() else ("en", "English")
    return format_html(
        '<p class="language"><a href="{}" lang="{}" hreflang="{}">{}</a></p>',
        language.other_address(request),
        wanted,
        wanted,
        name,
    )
