"""Addresses of the pages."""

from django.urls import include, path, register_converter

from noaber.web.portal import about, looking_views, project_views, tranche_views, views


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
    path("toegankelijkheid/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("aanmelden/", include("noaber.web.signin.urls")),
    path("kantoor/", include("noaber.web.office.urls")),
    path("<deal:deal>/", views.deal_home, name="home"),
    path("<deal:deal>/geld/", views.deal_money, name="money"),
    path("<deal:deal>/gesteld-en-berekend/", views.deal_comparisons, name="comparisons"),
    path("<deal:deal>/herkomst/<str:figure>", views.figure_origin, name="origin"),
    path("<deal:deal>/projecten/", project_views.deal_projects, name="projects"),
    path("<deal:deal>/projecten/<str:code>/", project_views.deal_project, name="project"),
    path("<deal:deal>/gemeenten/", project_views.deal_municipalities, name="municipalities"),
    path(
        "<deal:deal>/gemeenten/<str:code>/",
        project_views.deal_municipality,
        name="municipality",
    ),
    path("<deal:deal>/partijen/", project_views.deal_parties, name="parties"),
    path("<deal:deal>/wie-beslist/", project_views.deal_boards, name="boards"),
    path("<deal:deal>/besluiten/", project_views.deal_decisions, name="decisions"),
    path("<deal:deal>/resultaten/", project_views.deal_results, name="results"),
    path("<deal:deal>/tranches/", tranche_views.deal_tranches, name="tranches"),
    path("<deal:deal>/tranches/<str:number>/", tranche_views.deal_tranche, name="tranche"),
    path("<deal:deal>/documenten/", tranche_views.deal_documents, name="documents"),
    path(
        "<deal:deal>/documenten/uitvoeringsprogramma-<str:tranche>.<slug:suffix>",
        tranche_views.programme,
        name="programme",
    ),
    path(
        "<deal:deal>/documenten/uitgave-<int:number>/uitvoeringsprogramma-<str:tranche>.<slug:suffix>",
        tranche_views.adopted_programme,
        name="adopted",
    ),
    path("<deal:deal>/bestanden/<slug:code>/", project_views.deal_file, name="file"),
    path("<deal:deal>/wijzigingen/", looking_views.deal_changes, name="changes"),
    path("<deal:deal>/zoeken/", looking_views.deal_search, name="search"),
    path("<deal:deal>/kleuren.css", views.deal_colours, name="colours"),
    path("<deal:deal>/logo.svg", views.deal_logo, name="logo"),
]
