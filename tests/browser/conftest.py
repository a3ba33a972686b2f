"""The site, built once, and readers with a desktop's and a phone's screen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .archive import REPOSITORY, SCREENS, Site, Windows, published

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        message = f"no Chromium here ({', '.join(_NAMES)}); apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The archive of this checkout, built as it is published."""
    with published(REPOSITORY, tmp_path_factory.mktemp("site")) as built:
        yield built


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def desktop(windows: Windows, site: Site) -> Iterator[Page]:
    with windows.reading(site, "desktop") as page:
        yield page


@pytest.fixture
def phone(windows: Windows, site: Site) -> Iterator[Page]:
    with windows.reading(site, "phone") as page:
        yield page


@pytest.fixture(params=SCREENS)
def page(request: pytest.FixtureRequest, windows: Windows, site: Site) -> Iterator[Page]:
    """A page on each screen in turn."""
    with windows.reading(site, request.param) as opened:
        yield opened


@pytest.fixture(params=SCREENS)
def scriptless(request: pytest.FixtureRequest, windows: Windows, site: Site) -> Iterator[Page]:
    """A page on each screen in turn, with scripts forbidden."""
    with windows.reading(site, request.param, scripts=False) as opened:
        yield opened
