"""Where a figure explains itself on the site."""

from urllib.parse import urlencode

from noaber.core.address import Address
from noaber.record.rules import Moment


def explanation(base_url: str, address: Address, moment: Moment) -> str:
    """Web address of the explanation of a figure as it was at the moment."""
    query = [
        *address.filters,
        ("peildatum", moment.as_of.isoformat()),
        ("bekend", str(moment.revision)),
    ]
    path = f"{base_url.rstrip('/')}/{address.deal}/herkomst/{address.figure}"
    return f"{path}?{urlencode(query, safe=':/')}"
