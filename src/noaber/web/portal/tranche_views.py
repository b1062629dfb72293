"""Views of tranches and documents: parse, permit, one call, present."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from noaber.access.rules import Audience
from noaber.core.finding import Refused
from noaber.core.numbering import code_of
from noaber.editions import queries as editions
from noaber.editions.adoption import AdoptedEdition, is_withdrawn
from noaber.editions.rules import UnknownTranche
from noaber.web import caching
from noaber.web.access import public
from noaber.web.language import dutch, text
from noaber.web.notation import listed
from noaber.web.portal import documents, tranches
from noaber.web.portal.asking import Asked, Visitor, answer, page
from noaber.web.portal.moments import Reading
from noaber.web.register_words import told


@public
def deal_tranches(request: HttpRequest, deal: str) -> HttpResponse:
    """All tranches of a deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = tranches.present_all(asked.seen, asked.links)
        return page(request, asked, "portal/tranches.html", "tranches", page=shown)

    return answer(request, deal, present)


@public
def deal_tranche(request: HttpRequest, deal: str, number: str) -> HttpResponse:
    """The decisions of a tranche."""

    def present(asked: Asked) -> HttpResponse:
        try:
            shown = tranches.present(
                asked.seen,
                asked.links,
                number,
                _adopted_now(asked, deal),
            )
        except UnknownTranche as wrong:
            return page(
                request,
                asked,
                "portal/unknown_tranche.html",
                "tranches",
                status=404,
                message=dutch(str(wrong)),
            )
        withheld = asked.withheld_of("tranche", number)
        return page(
            request, asked, "portal/tranche.html", "tranches", page=shown, withheld=withheld
        )

    return answer(request, deal, present)


@public
def deal_documents(request: HttpRequest, deal: str) -> HttpResponse:
    """All documents of a deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = documents.present(asked.seen, asked.links, _adopted_now(asked, deal))
        return page(request, asked, "portal/documents.html", "documents", page=shown)

    return answer(request, deal, present)


@public
def programme(request: HttpRequest, deal: str, tranche: str, suffix: str) -> HttpResponse:
    """The implementation programme of a tranche in a format.

    As it was adopted, when it was and no moment is asked for; else made from the register as
    known at the moment.
    """

    def given(reading: Reading, visitor: Visitor) -> HttpResponse:
        found = None if reading.query else _adopted(request, visitor, (deal, tranche, suffix))
        if found is not None:
            return found
        return _made(deal, tranche, suffix, reading.moment.revision, visitor[0])

    return _document(request, deal, given)


@public
def adopted_programme(
    request: HttpRequest, deal: str, number: int, tranche: str, suffix: str
) -> HttpResponse:
    """An adopted edition of a programme by its number, also one that was replaced."""

    def given(_: Reading, visitor: Visitor) -> HttpResponse:
        found = _adopted(request, visitor, (deal, tranche, suffix), number)
        if found is None:
            raise _Missing(
                text(
                    "Uitgave {number} van programma {tranche} is er niet in deze vorm.",
                    number=number,
                    tranche=tranche,
                )
            )
        return found

    return _document(request, deal, given)


class _Missing(Exception):
    """There is no such document; `message` says so in the language of the page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _document(
    request: HttpRequest, deal: str, given: Callable[[Reading, Visitor], HttpResponse]
) -> HttpResponse:
    """A document, for which the deal need not be read; else a page that says why not."""
    why = ""

    def instead(reading: Reading, visitor: Visitor) -> HttpResponse | None:
        nonlocal why
        try:
            return given(reading, visitor)
        except _Missing as missing:
            why = missing.message
            return None

    def missing(asked: Asked) -> HttpResponse:
        template = "portal/unknown_document.html"
        return page(request, asked, template, "documents", status=404, message=why)

    return answer(request, deal, missing, instead, personal=True)


def _made(deal: str, tranche: str, suffix: str, revision: int, audience: Audience) -> HttpResponse:
    """The programme made from the register, as known at a revision.

    Its links lead to the site of the settings and not to the host of the request, so that the
    same document has the same bytes wherever it is asked for.
    """
    form = documents.FORMS.get(suffix)
    if form is None:
        names = listed([told(known.name) for known in documents.FORMS.values()])
        said = text("De vorm {form} is er niet. Kies uit: {names}.", form=suffix, names=names)
        raise _Missing(said)
    try:
        document = editions.programme(deal, tranche, revision, audience, base_url=settings.SITE)
        content = form.write(document)
    except UnknownTranche as wrong:
        raise _Missing(dutch(str(wrong))) from wrong
    except Refused as refused:
        said = " ".join(str(finding) for finding in refused.findings)
        raise _Missing(dutch(said)) from refused
    return _file(content, form.content_type, f"{_name(tranche)}.{suffix}")


def _adopted(
    request: HttpRequest, visitor: Visitor, named: tuple[str, str, str], number: int | None = None
) -> HttpResponse | None:
    """An adopted edition by its number, or the latest; None when there is none in the format.

    `named` is its deal, tranche and format.
    """
    (audience, withheld), (deal, tranche, suffix) = visitor, named
    found = editions.adopted_edition(deal, tranche, audience, number=number)
    if found and is_withdrawn(found, withheld):
        return None
    file = found.file(suffix) if found else None
    if found is None or file is None:
        return None
    name = _name(tranche) if number is None else f"{_name(tranche)}-uitgave-{number}"

    def content() -> HttpResponse:
        given = editions.adopted_bytes(deal, found, suffix)
        return _file(given, file.media_type, f"{name}.{suffix}")

    lasts = caching.ASK_AGAIN if number is None else caching.NEVER_CHANGES
    return caching.kept_bytes(request, file.sha256, lasts, content)


def _adopted_now(asked: Asked, deal: str) -> tuple[AdoptedEdition, ...]:
    """What was adopted, without what is withdrawn from publication."""
    found = editions.adopted(deal, asked.reading.moment, asked.audience)
    return tuple(e for e in found if not is_withdrawn(e, asked.withheld))


def _name(tranche: str) -> str:
    return f"uitvoeringsprogramma-{code_of(tranche)}"


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    # A web page carries its own style, which the policy of this site rightly refuses.
    shown = "inline" if name.endswith(".pdf") else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response
