"""Views of tranches and documents: parse, permit, one call, present."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from noaber.access.rules import PUBLIC
from noaber.core.finding import Refused
from noaber.core.notation import listed
from noaber.core.numbering import code_of
from noaber.editions import queries as editions
from noaber.editions.rules import UnknownTranche
from noaber.web.access import public
from noaber.web.portal import documents, tranches
from noaber.web.portal.asking import Asked, answer, page


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
            shown = tranches.present(asked.seen, asked.links, number)
        except UnknownTranche as wrong:
            return page(
                request,
                asked,
                "portal/unknown_tranche.html",
                "tranches",
                status=404,
                message=str(wrong),
            )
        return page(request, asked, "portal/tranche.html", "tranches", page=shown)

    return answer(request, deal, present)


@public
def deal_documents(request: HttpRequest, deal: str) -> HttpResponse:
    """All documents of a deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = documents.present(asked.seen, asked.links)
        return page(request, asked, "portal/documents.html", "documents", page=shown)

    return answer(request, deal, present)


@public
def programme(request: HttpRequest, deal: str, tranche: str, suffix: str) -> HttpResponse:
    """The implementation programme of a tranche in a format, as known at the moment asked for.

    Its links lead to the site of the settings and not to the host of the request, so that the
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

    def present(asked: Asked) -> HttpResponse:
        form = documents.FORMS.get(suffix)
        if form is None:
            known = listed([known.name for known in documents.FORMS.values()])
            return missing(asked, f"De vorm {suffix} is er niet. Kies uit: {known}.")
        revision = asked.reading.moment.revision
        try:
            document = editions.programme(deal, tranche, revision, PUBLIC, base_url=settings.SITE)
        except UnknownTranche as wrong:
            return missing(asked, str(wrong))
        try:
            content = form.write(document)
        except Refused as refused:
            return missing(asked, " ".join(str(finding) for finding in refused.findings))
        response = HttpResponse(content, content_type=form.content_type)
        name = f"uitvoeringsprogramma-{code_of(tranche)}.{suffix}"
        # A web page carries its own style, which the policy of this site rightly refuses.
        shown = "inline" if suffix == "pdf" else "attachment"
        response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
        return response

    return answer(request, deal, present)
