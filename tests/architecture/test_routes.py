"""Every route says who may use it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


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
