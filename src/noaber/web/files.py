"""A file that people sent, as a download: never shown as a page of this site."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from noaber.files import queries
from noaber.files.rules import File
from noaber.web import caching


def served(request: HttpRequest, file: File) -> HttpResponse:
    """The bytes of a file, to be saved; whoever has them already hears so."""

    def content() -> HttpResponse:
        response = HttpResponse(queries.content(file.code), content_type=file.media_type)
        shown = content_disposition_header(as_attachment=True, filename=file.name)
        response.headers["Content-Disposition"] = shown or "attachment"
        return response

    response = caching.kept_bytes(request, file.sha256, caching.ASK_AGAIN, content)
    # Whatever it holds, it runs nothing and reaches nothing.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
