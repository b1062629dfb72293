"""Addresses of the pages."""

from django.urls import path, register_converter

from noaber.web.portal import views


class DealCode:
    """The code of a deal: small letters and digits with dashes."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DealCode, "deal")

urlpatterns = [
    path("", views.deals, name="deals"),
    path("gezond", views.health, name="health"),
    path("<deal:deal>/", views.deal_home, name="home"),
    path("<deal:deal>/geld/", views.deal_money, name="money"),
    path("<deal:deal>/gesteld-en-berekend/", views.deal_comparisons, name="comparisons"),
    path("<deal:deal>/herkomst/<str:figure>", views.figure_origin, name="origin"),
    path(
        "<deal:deal>/documenten/uitvoeringsprogramma-<str:tranche>.pdf",
        views.programme,
        name="programme",
    ),
    path("<deal:deal>/kleuren.css", views.deal_colours, name="colours"),
]
