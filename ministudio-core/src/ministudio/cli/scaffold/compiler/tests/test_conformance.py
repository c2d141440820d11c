"""Painterly passes what every prompt compiler passes, and says things in its own order."""

from ministudio.plugin import ModelCard, PromptInput, Style
from ministudio.testing import PromptCompilerConformance

from ministudio_painterly.dialect import compiler


class TestPainterly(PromptCompilerConformance):
    """The tests are inherited; this says of what."""

    plugin = "ministudio_painterly"


def test_the_look_is_said_first() -> None:
    shot = PromptInput(action="A wall is painted.", style=Style(technique="gouache"))
    prompt = compiler().compile(shot, ModelCard(id="any", title="Any", dialect="painterly"))
    assert prompt.text == (
        "Style: gouache. A wall is painted. Medium shot at eye level; the camera is locked off "
        "on a tripod. One continuous shot, no cuts."
    )
