"""What to film: the production as its author wrote it, and how it is read from a file.

Frozen attrs classes, checked when they are made; nothing here knows of models or providers.
"""

from ministudio.story.character import Character, CharacterIdentity, CharacterState, Voice
from ministudio.story.dump import dump_production
from ministudio.story.environment import Environment, EnvironmentContext, EnvironmentIdentity
from ministudio.story.load import load_production, loads_production
from ministudio.story.look import Camera, Lighting, Persona, Style
from ministudio.story.media_files import resolve_media
from ministudio.story.problems import Place, Problem
from ministudio.story.production import Production
from ministudio.story.scene import SceneConfig
from ministudio.story.shot import Dialogue, ShotConfig
from ministudio.story.vocabulary import (
    BeingKind,
    CameraAngle,
    CameraMove,
    Continuity,
    Pace,
    PlaceKind,
    ShotSize,
)

__all__ = [
    "BeingKind",
    "Camera",
    "CameraAngle",
    "CameraMove",
    "Character",
    "CharacterIdentity",
    "CharacterState",
    "Continuity",
    "Dialogue",
    "Environment",
    "EnvironmentContext",
    "EnvironmentIdentity",
    "Lighting",
    "Pace",
    "Persona",
    "Place",
    "PlaceKind",
    "Problem",
    "Production",
    "SceneConfig",
    "ShotConfig",
    "ShotSize",
    "Style",
    "Voice",
    "dump_production",
    "load_production",
    "loads_production",
    "resolve_media",
]
