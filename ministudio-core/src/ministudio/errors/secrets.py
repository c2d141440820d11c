"""What may come of asking for a secret; no message ever holds its value."""

from __future__ import annotations

from ministudio.errors.base import MiniStudioError

__all__ = ["SecretDenied", "SecretError", "SecretInvalid", "SecretNotFound", "SecretUnavailable"]


class SecretError(MiniStudioError):
    """A secret could not be had; the message never holds its value."""


class SecretNotFound(SecretError):
    """No backend knows the name: the only error that lets a chain of backends move on."""


class SecretDenied(SecretError):
    """A backend knows the name and refuses to give the value."""


class SecretUnavailable(SecretError):
    """A backend could not be reached, or its answer made no sense."""


class SecretInvalid(SecretError):
    """A reference, a file or a value that cannot be right."""
