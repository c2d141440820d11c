"""A plugin of pytest that writes what became of every test to the file in ``WRONG_REPORT``.

With ``--first-cases`` each check is run with its first case alone, and with those in ``--case``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

OUTCOMES: dict[str, tuple[str, str]] = {}


def pytest_addoption(parser) -> None:
    parser.addoption("--first-cases", action="store_true")
    parser.addoption("--case", action="append", default=[])


def pytest_collection_modifyitems(config, items) -> None:
    if not config.getoption("--first-cases"):
        return
    wanted, seen, kept = set(config.getoption("--case")), set(), []
    for item in items:
        check = item.nodeid.partition("[")[0]
        if check not in seen or item.nodeid.partition("::")[2] in wanted:
            kept.append(item)
        seen.add(check)
    items[:] = kept


def pytest_runtest_logreport(report) -> None:
    if report.when == "call" or report.outcome != "passed":
        said = report.longreprtext + "".join(text for _, text in report.sections)
        OUTCOMES.setdefault(report.nodeid, (report.outcome, said))


def pytest_sessionfinish(session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    Path(os.environ["WRONG_REPORT"]).write_text(json.dumps(OUTCOMES), encoding="utf-8")
