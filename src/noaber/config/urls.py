"""Routes: all of them belong to the web interface."""

from django.urls import include, path

urlpatterns = [path("", include("noaber.web.urls"))]
