"""Statements about the site itself: who can use it, and what it keeps of its visitors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from noaber.web.access import public


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps of its visitors, and of people in the register."""
    return render(request, "portal/privacy.html")
