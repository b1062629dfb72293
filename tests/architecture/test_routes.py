"""Every route says who may use it."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from noaber.deals.rules import RESERVED_CODES
from noaber.web import language


def routes(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Address and pattern of every route below `resolver`."""
    for entry in resolver.url_patterns:
        address = f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


def test_every_route_declares_its_access() -> None:
    found = list(routes(get_resolver()))
    silent = [address for address, entry in found if not getattr(entry.callback, "access", None)]
    assert found
    assert silent == []


def test_no_deal_can_be_called_what_another_part_of_the_site_is_called() -> None:
    first = {address.split("/")[0] for address, _ in routes(get_resolver())}
    fixed = {word for word in first if word and not word.startswith("<")}
    served = {settings.STATIC_URL.strip("/").split("/")[0], language.ENGLISH}
    assert len(fixed) >= 3
    assert fixed | served <= RESERVED_CODES
