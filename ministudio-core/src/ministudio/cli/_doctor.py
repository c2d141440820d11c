"""Examining plugins one by one: how far each one gets, and what it would take to go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.cli._table import clean
from ministudio.errors import MissingDependency, PluginError
from ministudio.kernel.discovery import OLD_DISTRIBUTION, installed_version
from ministudio.kernel.factory import resolve
from ministudio.kernel.models import retirement
from ministudio.kernel.names import unknown
from ministudio.kernel.notices import noticed, told
from ministudio.kernel.offers import Kind
from ministudio.kernel.records import FoundPlugin, PluginFailure, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ministudio.kernel.loading import LoadedPlugin
    from ministudio.kernel.registry import Registry

_SOON: Final = timedelta(days=90)
"""How long before a model's retirement it is worth knowing of."""

__all__ = ["Fault", "Report", "examine", "foreign_package", "report_data", "report_text"]


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong with a plugin, and what to do about it.

    ``details`` are the error's lines, where it has more than one.
    """

    stage: Stage
    reason: str
    details: Sequence[str] = ()
    hint: str
    where: str | None
    error: BaseException


@attrs.frozen(kw_only=True)
class Report:
    """What was found out about one plugin.

    Args:
        plugin: The plugin.
        passed: The stages that it got through.
        faults: What is wrong; empty for a sound plugin.
        offers: The names it offers, by kind.
        notes: What is worth knowing and no fault: retired models, names that are not used, what
            it uses that will go.
    """

    plugin: FoundPlugin
    passed: Sequence[Stage] = ()
    faults: Sequence[Fault] = ()
    offers: dict[str, list[str]] = attrs.field(factory=dict)
    notes: Sequence[str] = ()


def examine(
    registry: Registry, name: str | None, *, today: date, create: bool = True
) -> list[Report]:
    """Load every plugin, or the one called ``name``, each alone.

    Args:
        registry: Where the plugins are; it must not be strict.
        name: The id of the only plugin to examine.
        today: The day by which models count as retired.
        create: Whether factories are looked up, which imports the SDKs.

    Raises:
        UnknownName: When no plugin is called so.
    """
    discovery = registry.loader.discovery
    reports = [
        *(_sick(failure) for failure in discovery.failures if name in {None, failure.plugin.id}),
        *(
            _examined(registry, id_, today, create=create)
            for id_ in discovery.plugins
            if name in {None, id_}
        ),
    ]
    if name is not None and not reports:
        raise unknown("plugin", name, discovery.plugins, discovery)
    return sorted(reports, key=lambda report: report.plugin)


def foreign_package() -> list[tuple[str, str]]:
    """Return what is wrong with the installation itself, each with what to do about it."""
    version = installed_version(OLD_DISTRIBUTION)
    if version is None:
        return []
    message = (
        f'the distribution "{OLD_DISTRIBUTION}" {version} is installed; it is another project,'
        " and its files lie in the same folder as MiniStudio's"
    )
    hint = (
        f"pip uninstall {OLD_DISTRIBUTION}, then"
        " pip install --force-reinstall --no-deps ministudio-core"
    )
    return [(message, hint)]


def report_text(reports: Sequence[Report], problems: Sequence[tuple[str, str]]) -> str:
    """Return the reports for people."""
    lines = [line for report in reports for line in (*_lines(report), "")]
    for message, hint in problems:
        lines += [message, f"  hint: {hint}", ""]
    broken = sum(bool(report.faults) for report in reports)
    verdict = f"{broken} of {len(reports)} broken" if broken else f"{len(reports)} sound"
    return "\n".join(map(clean, [*lines, f"plugins: {verdict}"]))


def report_data(
    reports: Sequence[Report], problems: Sequence[tuple[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the reports as plain JSON data."""
    return {
        "plugins": [
            {
                "id": report.plugin.id,
                "distribution": report.plugin.distribution,
                "version": report.plugin.version,
                "module": report.plugin.target,
                "ok": not report.faults,
                "passed": [stage.value for stage in report.passed],
                "faults": [
                    {
                        "stage": fault.stage.value,
                        "reason": fault.reason,
                        "details": list(fault.details),
                        "hint": fault.hint,
                        "where": fault.where,
                    }
                    for fault in report.faults
                ],
                "offers": report.offers,
                "notes": list(report.notes),
            }
            for report in reports
        ],
        "problems": [{"message": message, "hint": hint} for message, hint in problems],
    }


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.plugin.id}  ({report.plugin.origin})"
    if report.passed:
        yield f"  passed: {', '.join(report.passed)}"
    for kind, names in report.offers.items():
        yield f"  {kind}: {', '.join(names)}"
    for fault in report.faults:
        yield f"  broken at {fault.stage}: {fault.reason}"
        yield from (f"    {detail}" for detail in fault.details)
        if fault.where:
            yield f"    in {fault.where}"
        yield f"    hint: {fault.hint}"
    for note in report.notes:
        yield f"  note: {note}"


def _examined(registry: Registry, id_: str, today: date, *, create: bool) -> Report:
    loaded = registry.loader.load(id_)
    if isinstance(loaded, PluginFailure):
        return _sick(loaded)
    with noticed() as notices:
        faults = [f for kind in Kind for f in _factory_faults(kind, loaded)] if create else []
    passed = [s for s in Stage if s is not Stage.CREATE or (create and not faults)]
    return Report(
        plugin=loaded.plugin,
        passed=passed,
        faults=faults,
        offers={
            f"{kind.word}s": [s.name for s in specs] for kind in Kind if (specs := kind.of(loaded))
        },
        notes=[
            *_retired(loaded, today),
            *registry.offers.shadowed(loaded),
            *told(loaded.plugin, (*loaded.notices, *notices)),
            *_printed(loaded.printed),
        ],
    )


def _sick(failure: PluginFailure) -> Report:
    stages = list(Stage)
    fault = Fault(
        stage=failure.stage,
        reason=failure.reason,
        details=_details(failure.error),
        hint=failure.hint,
        where=failure.where,
        error=failure.error,
    )
    return Report(
        plugin=failure.plugin,
        passed=stages[: stages.index(failure.stage)],
        faults=[fault],
        notes=_printed(failure.printed),
    )


def _factory_faults(kind: Kind, loaded: LoadedPlugin) -> Iterator[Fault]:
    for spec in kind.of(loaded):
        try:
            resolve(loaded.plugin, spec.factory)
        except PluginError as error:
            missing = isinstance(error, MissingDependency)
            cause = error.__cause__ or error
            yield Fault(
                stage=Stage.CREATE,
                reason=f"{kind.word} {spec.name}: {error}",
                hint=error.hint or "",
                where=None
                if missing
                else PluginFailure(loaded.plugin, Stage.CREATE, cause, "").where,
                error=error,
            )


def _details(error: BaseException) -> list[str]:
    lines = str(error).splitlines()
    return lines if len(lines) > 1 else []


def _retired(loaded: LoadedPlugin, today: date) -> Iterator[str]:
    for spec in loaded.providers:
        for card in spec.models:
            soon = card.retired(today + _SOON)
            if soon or card.retirement:
                yield f"{spec.name}/{card.id}: {retirement(card, today)}"


def _printed(text: str) -> list[str]:
    first = text.strip().partition("\n")[0]
    return [f"it prints while it is loaded: {first!r}"] if first else []
