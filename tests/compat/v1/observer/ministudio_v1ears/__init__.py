"""An observer as it was written for hook API 1."""

import sys

from ministudio.plugin import Event, EventKind, hookimpl


@hookimpl
def ministudio_event(event: Event) -> None:
    """Say what was heard."""
    assert event.at > 0
    if event.kind in {EventKind.RUN_STARTED, EventKind.SHOT_DONE, EventKind.RUN_DONE}:
        about = f"{event.shot or '-'} {event.provider or '-'} {event.fraction}"
        print(f"v1ears: {event.kind} {about} {dict(event.data)}", file=sys.stderr)
