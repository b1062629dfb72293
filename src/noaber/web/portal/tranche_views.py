"""Views of tranches and documents: parse, permit, one call, present."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
from noaber.web.portal.asking import Asked, answer, anybody, page
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
        return page(request, asked, "portal/tranche.html", "tranches", page=shown)

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
    known at the moment. Its links lead to the site of the settings and not to the host of the request, so that the
    same document has the same bytes wherever it is asked for.
    """

    def missing(asked: Asked, message: str) -> HttpResponse:
        return page(
            request,
            asked,
            "portal/unknown_document.html",
            "documents",
            status=404,
            message=message,
        )

    def as_adopted(reading: Reading) -> HttpResponse | None:
        if reading.query:
            return None
        return _adopted(request, deal, tranche, suffix)

    def present(asked: Asked) -> HttpResponse:
        form = documents.FORMS.get(suffix)
        if form is None:
            names = listed([told(known.name) for known in documents.FORMS.values()])
            said = text("De vorm {form} is er niet. Kies uit: {names}.", form=suffix, names=names)
            return missing(asked, said)
        revision = asked.reading.moment.revision
        try:
            document = editions.programme(
                deal, tranche, revision, asked.audience, base_url=settings.SITE
            )
        except UnknownTranche as wrong:
            return missing(asked, dutch(str(wrong)))
        try:
            content = form.write(document)
        except Refused as refused:
            said = " ".join(str(finding) for finding in refused.findings)
            return missing(asked, dutch(said))
        return _file(content, form.content_type, f"{_name(tranche)}.{suffix}")

    return answer(request, deal, present, as_adopted, personal=True)


@public
def adopted_programme(
    request: HttpRequest, deal: str, number: int, tranche: str, suffix: str
) -> HttpResponse:
    """An adopted edition of a programme by its number, also one that was replaced."""

    def missing(asked: Asked) -> HttpResponse:
        message = text(
            "Uitgave {number} van programma {tranche} is er niet in deze vorm.",
            number=number,
            tranche=tranche,
        )
        return page(
            request,
            asked,
            "portal/unknown_document.html",
            "documents",
            status=404,
            message=message,
        )

    found = _adopted(request, deal, tranche, suffix, number)
    return answer(request, deal, missing) if found is None else found


def _adopted(
    request: HttpRequest, deal: str, tranche: str, suffix: str, number: int | None = None
) -> HttpResponse | None:
    """An adopted edition by its number, or the latest; None when there is none in the format."""
    audience, withheld = anybody(deal)
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
