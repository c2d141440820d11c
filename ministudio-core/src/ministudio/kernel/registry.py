"""The registry: which plugins there are, and what they offer, by name.

An object rather than a global: the command line and ``Studio`` each own one. Asking for one
name loads one plugin; a plugin is loaded at most once, and a broken one is recorded in
``failures`` while all others go on working.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from ministudio.contracts.prompts import PromptCompiler
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.secrets import SecretBackend
from ministudio.contracts.specs import PluginContext
from ministudio.errors import ConfigError, PluginConflict
from ministudio.kernel.adopting import adopted_spec, belongs_to, name_of
from ministudio.kernel.discovery import scan as scan_installed
from ministudio.kernel.factory import create
from ministudio.kernel.loading import LoadedPlugin, load
from ministudio.kernel.models import card_of, one_model, with_cards
from ministudio.kernel.names import owner, unknown
from ministudio.kernel.policy import CORE, PluginPolicy
from ministudio.kernel.records import FoundPlugin, PluginFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.events import Event
    from ministudio.contracts.specs import (
        PromptCompilerSpec,
        SecretBackendSpec,
        SpeechProviderSpec,
        VideoProviderSpec,
    )
    from ministudio.kernel.claims import Discovery

__all__ = ["Registry"]

_log = logging.getLogger(__name__)
