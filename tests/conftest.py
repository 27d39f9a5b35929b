"""What all tests share: random cases that never change, their order, one look for plugins, one browser, skipping."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator, Sequence
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

gc.set_threshold(1_000_000, 20, 100)  # tests make very many values and few cycles to look for among them
os.environ.setdefault("POLARS_MAX_THREADS", "1")
"""The tables of most tests have a few rows, and to share each out between threads takes longer than to work on it.

polars reads it when it is imported, so it stands before what imports polars; the programs that tests start inherit it.
"""

from kommunecheck.plugins import host  # noqa: E402 - as said above

settings.register_profile(
    "kommunecheck",
    max_examples=32,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kommunecheck")

installed = host.entry_points = cache(host.entry_points)  # a test that needs others puts its own in place
load, load_once = host.load, cache(host.load)


def loaded(allow: Sequence[str] | None = None, disable: Sequence[str] = ()) -> host.Plugins:
    """The plugins that come along, asked once for all tests; each time anew where a test has put its own in place."""
    if host.entry_points is not installed:
        return load(allow, disable)
    return load_once(None if allow is None else tuple(allow), tuple(disable))


host.load = loaded  # before anything else imports it

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""The program is started in a process of its own a hundred times, and need be compiled only the first time."""

NO_SKIPS = bool(os.environ.get("NO_SKIPPED_TESTS"))
"""Whether all that tests need must be there, as ``.ci/run`` says: a test that is skipped has then failed."""


LONG = frozenset(
    f"test_{name}.py"
    for name in (
        "against_reference architecture assess bad_input cli evidence example_plugin excel_report html_report init "
        "inspect intake journal_evaluation json_report judging killed new_check nightly plugin_guide plugins "
        "privacy properties readers readings reconcile_reference rendered word_report word_template writing"
    ).split()
)
"""The files whose tests take longest together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files go first, so that no processor waits for the other at the end."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped, with its reason."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"{item.nodeid} may not be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file of tests that is skipped as a whole."""
    report = yield
    if NO_SKIPS and report.skipped:
        report.outcome, report.longrepr = "failed", f"{collector.nodeid} may not be skipped: {report.longrepr}"
    return report


@pytest.fixture
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that changes what the plugins bring: they are asked each time, as they are outside of tests."""
    monkeypatch.setattr(host, "entry_points", partial(installed))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window, the same for all tests that look at a page."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if program is None:
        pytest.skip("Chromium is not on PATH, so no page is looked at in a browser; the README says how to install it")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as started:
        one = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield one
        one.close()
