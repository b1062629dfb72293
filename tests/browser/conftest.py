"""A browser, and a site with small deals to look at; only where there is Chromium."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from tests import machine
from tests.databases import RealDatabase
from tests.integration.web import registers
from tests.integration.web.test_project_pages import tell_more


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, shared: every page gets a context of its own."""
    # Playwright runs a loop in this thread, in which Django would refuse the database.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=machine.chromium(), args=list(machine.CHROMIUM_ARGUMENTS)
        )
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def serving() -> Iterator[str]:
    """The address of a site on the register of the test."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def server(real_database: RealDatabase) -> Iterator[str]:
    """The address of a site with an empty register."""
    with serving() as address:
        yield address


@pytest.fixture
def reference_site(reference_register: RealDatabase) -> Iterator[str]:
    """The address of a site with the reference deal."""
    with serving() as address:
        yield address


@pytest.fixture
def site(server: str) -> str:
    """The address of a site with a small deal, one of twelve themes, and one almost without facts."""
    registers.small_deal()
    registers.wide_deal(awarded=100)
    registers.empty_deal()
    return server


@pytest.fixture
def told(site: str) -> str:
    """The site, with all there is to tell of the small deal."""
    tell_more()
    return site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    yield context.new_page()
    context.close()
