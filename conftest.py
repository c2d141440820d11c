"""What holds for every test of the repository."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every machine and every day; look for new ones with
# `pytest --hypothesis-profile=fuzz`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("fuzz", derandomize=False)
settings.load_profile("steady")
