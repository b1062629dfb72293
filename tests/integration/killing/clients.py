"""People at work in browsers while the site is killed: what they sent, and what was acknowledged."""

import hashlib
import http.client
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode

DEAL = "zuid-en-oost-drenthe"
OFFICE = f"/kantoor/{DEAL}"
SAVED = 302
CHANGED_MEANWHILE = 409
ENDS = {"pdf": b"%%EOF", "html": b"</html>"}

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_BASE = re.compile(r'name="basis" value="(\d+)"')


class Unanswered(Exception):
    """No whole answer came: the server is away, or was killed while it answered."""


@dataclass(frozen=True)
class Answer:
    """What the server answered, as it came in whole."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """Keeps cookies and follows nothing by itself."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self.token = ""
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), _NoRedirect()
        )

    def get(self, path: str) -> Answer:
        """:raises Unanswered: when no whole answer comes."""
        answer = self._open(urllib.request.Request(self.site + path))
        found = _TOKEN.search(answer.text) if answer.body.startswith(b"<!") else None
        self.token = found[1] if found else self.token
        return answer

    def post(
        self, path: str, fields: Mapping[str, str], file: tuple[str, str, bytes] | None = None
    ) -> Answer:
        """Send a form; `file` is the field, the name and the bytes.

        :raises Unanswered: when no whole answer comes.
        """
        given = {**fields, "csrfmiddlewaretoken": self.token}
        body, kind = _with_file(given, file) if file else (urlencode(given).encode(), _FORM)
        return self._open(
            urllib.request.Request(self.site + path, body, {"Content-Type": kind}, method="POST")
        )

    def become(self, person: str) -> None:
        """Sign in as one of the people of the example."""
        self.get("/aanmelden/proef/")
        assert self.post("/aanmelden/proef/", {"person": person}).status == SAVED

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            try:
                answer = self._opener.open(request, timeout=60)
            except urllib.error.HTTPError as other:  # any status but 200
                answer = other
            with answer:
                return Answer(answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered from error


_FORM = "application/x-www-form-urlencoded"


def _with_file(fields: Mapping[str, str], file: tuple[str, str, bytes]) -> tuple[bytes, str]:
    mark = "b0undary" + hashlib.sha256(file[2]).hexdigest()[:16]
    start = f'--{mark}\r\nContent-Disposition: form-data; name="'
    parts = [f'{start}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    head = f'{start}{file[0]}"; filename="{file[1]}"\r\nContent-Type: text/plain\r\n\r\n'
    body = b"".join([*parts, head.encode(), file[2], f"\r\n--{mark}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={mark}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Client(threading.Thread):
    """Somebody who does one kind of thing again and again, each time another.

    `sent` is what was tried, `acknowledged` what the site said it had done; `wrong` is what the
    site should never have answered.
    """

    def __init__(self, name: str, port: int, person: str, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.browser = Browser(port)
        self.stop = stop
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self.asked = self.unanswered = 0
        if person:
            self.browser.become(person)

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.act()
            except Unanswered:
                self.unanswered += 1
                time.sleep(0.2)

    def act(self) -> None:
        raise NotImplementedError

    def next(self) -> str:
        """What is sent now; noted before it is."""
        self.sent.append(f"{self.name}-{len(self.sent) + 1}")
        return self.sent[-1]

    def judge(self, thing: str, answer: Answer) -> None:
        if answer.status == SAVED:
            self.acknowledged.append(thing)
        elif answer.status != CHANGED_MEANWHILE:
            self.wrong.append(f"{thing}: antwoord {answer.status}")


class Editor(Client):
    """Writes the text of one project anew, as somebody in the office does."""

    def __init__(self, *given: Any, code: str, texts: Mapping[str, str]) -> None:
        super().__init__(*given)
        self.address, self.texts = f"{OFFICE}/gegevens/teksten/{code}/", texts

    def act(self) -> None:
        page = self.browser.get(self.address)
        base = _BASE.search(page.text)
        if page.status != 200 or base is None:
            self.wrong.append(f"{self.address}: antwoord {page.status}")
            return
        thing = self.next()
        fields = {**self.texts, "tekst": thing, "basis": base[1]}
        self.judge(thing, self.browser.post(self.address, fields))


class Uploader(Client):
    """Adds files to a project."""

    project = "welzijn-1.1"

    def act(self) -> None:
        if not self.sent:
            self.browser.get(f"{OFFICE}/bestanden/")
        thing = self.next()
        file = ("bestand", f"{thing}.txt", content(thing))
        fields = {"project": self.project, "lezers": "office"}
        self.judge(thing, self.browser.post(f"{OFFICE}/bestanden/toevoegen/", fields, file))


def content(name: str) -> bytes:
    """What is in the file of this name."""
    return f"Verslag {name}.\n".encode() * 200


class Inviter(Client):
    """Gives people a role; each of them gets a letter."""

    def act(self) -> None:
        if not self.sent:
            self.browser.get(f"{OFFICE}/mensen/")
        thing = self.next()
        fields = {"naam": thing, "email": address(thing), "rol": "board_member"}
        self.judge(thing, self.browser.post(f"{OFFICE}/mensen/uitnodigen/", fields))


def address(name: str) -> str:
    """The e-mail address of an invited person."""
    return f"{name}@voorbeeld.example"


class Reader(Client):
    """Asks for a document, each time anew and in turn in another form; a cut-off one is wrong."""

    def act(self) -> None:
        suffix = list(ENDS)[self.asked % len(ENDS)]
        answer = self.browser.get(f"/{DEAL}/documenten/uitvoeringsprogramma-6.{suffix}")
        self.asked += 1
        if answer.status != 200 or not answer.body.rstrip().endswith(ENDS[suffix]):
            self.wrong.append(f"{suffix}: antwoord {answer.status}, {len(answer.body)} bytes")
        time.sleep(0.3)
