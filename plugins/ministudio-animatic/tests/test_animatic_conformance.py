"""The animatic passes what every video provider passes."""

from __future__ import annotations

import pytest

from ministudio.testing import InProcess, VideoProviderConformance


class TestAnimatic(VideoProviderConformance):
    plugin = "ministudio_animatic"

    @pytest.fixture
    def service(self):
        return InProcess()
