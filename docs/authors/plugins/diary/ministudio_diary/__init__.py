import sys

from ministudio.plugin import Event, EventKind, hookimpl

ENDS = {EventKind.RUN_DONE, EventKind.RUN_FAILED, EventKind.RUN_STOPPED}


@hookimpl
def ministudio_event(event: Event) -> None:
    if event.kind in ENDS:
        print(f"diary: {event.kind}: {event.message}", file=sys.stderr)
