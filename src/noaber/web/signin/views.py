"""Pages around signing in that the library does not have."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from noaber.access import queries as people
from noaber.access.roles import roles
from noaber.web.access import ANYBODY, FORM, SIGNED_IN, TRIED_OUT

_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_safe
def second_step_needed(request: HttpRequest) -> HttpResponse:
    """Why a second step is asked, and how to set it up."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "mfa/needed.html")


vars(second_step_needed)["access"] = SIGNED_IN


@never_cache
@require_http_methods(FORM)
def try_out(request: HttpRequest) -> HttpResponse:
    """The people of the example, to be one of them with one click: on this machine only.

    There is no such page unless NOABER_TRYOUT is set, which `script/run` does; behind a proxy
    every visitor seems to be this machine, so a request that came through one is refused.
    """
    through_proxy = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded"))
    if not settings.TRYOUT or request.META.get("REMOTE_ADDR") not in _THIS_MACHINE or through_proxy:
        raise Http404
    if request.method == "POST":
        user = get_user_model().objects.filter(code=request.POST.get("person", "")).first()
        if user is None or not user.is_active:
            raise Http404
        login(request, user, _BACKEND)
        request.session[TRIED_OUT] = True
        return HttpResponseRedirect("/kantoor/")
    held: dict[str, list[str]] = {}
    for assignment in people.history_of_assignments():
        role = roles().get(assignment.role)
        if role:
            held.setdefault(assignment.person, []).append(role.name)
    shown = [(person, held.get(person.code, [])) for person in people.people()]
    return render(request, "account/try_out.html", {"people": shown})


vars(try_out)["access"] = ANYBODY
