"""A file is had by who may have it, is gone when it is removed, and never runs as a page."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noaber.files.models import FileContent
from noaber.record.queries import check_chain
from tests.integration.office.conftest import DEAL, SignIn, sign_in
from tests.unit.files.test_inspecting import pdf

__all__ = ["sign_in"]
FILES = f"/kantoor/{DEAL}/bestanden/"


def add(client: Client, project: str, readers: str, name: str = "plan.pdf") -> int:
    sent = SimpleUploadedFile(name, pdf(), "application/pdf")
    answer = client.post(
        f"{FILES}toevoegen/", {"project": project, "lezers": readers, "bestand": sent}
    )
    return answer.status_code


def links(client: Client) -> list[str]:
    return [f"{FILES}{file.code}/" for file, *_ in client.get(FILES).context["lines"]]


def test_a_file_is_had_by_who_may_have_it(sign_in: SignIn, client: Client) -> None:
    own = sign_in("lead_partner", organisation="GM0109")
    office, other = sign_in("programme_office"), sign_in("lead_partner", organisation="GM0114")
    assert add(own, "werken-9", "own", "eigen.pdf") == 302
    assert add(own, "werken-9", "office", "bureau.pdf") == 302
    assert add(own, "werken-9", "public", "openbaar.pdf") == 302
    assert add(own, "werken-17", "public") == 403
    assert add(own, "", "public") == 422
    assert add(own, "werken-9", "public", "plan.exe") == 422
    assert len(links(own)) == 2  # What is for the office only is not for the lead partner.
    assert len(links(office)) == 3
    assert links(other) == []
    for link in links(own):
        answer = own.get(link)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert other.get(link).status_code == 404
        assert client.get(link).status_code == 302
    page = client.get(f"/{DEAL}/projecten/werken-9/").content.decode()
    assert "openbaar.pdf" in page
    assert "bureau.pdf" not in page
    assert "eigen.pdf" not in page


def test_a_removed_file_is_gone_at_every_moment_and_the_chain_is_whole(
    sign_in: SignIn, client: Client
) -> None:
    own = sign_in("lead_partner", organisation="GM0109")
    assert add(own, "werken-9", "public") == 302
    (link,) = links(own)
    public = link.removeprefix("/kantoor")
    assert client.get(public).status_code == 200
    assert sign_in("lead_partner", organisation="GM0114").post(f"{link}weg/").status_code == 403
    assert own.post(f"{link}weg/").status_code == 302
    assert client.get(public).status_code == 404
    assert own.get(link).status_code == 404
    assert not FileContent.objects.exists()
    assert check_chain() == ()
