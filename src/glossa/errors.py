"""The errors that stop the program. Problems in a user's text are values (`model.Finding`), not these."""

from __future__ import annotations

from pathlib import Path


class GlossaError(Exception):
    """Base of every error that ends a command: one clear line for the user, exit code 2."""


class UsageError(GlossaError):
    """The command was asked for something that cannot be (unknown language, two outputs of one name, …)."""


class DataError(GlossaError):
    """A file that the user gave or edited cannot be used.

    Args:
        message: what is wrong, without the place.
        path: the file (or `-` for standard input), if there is one.
        line: the line, counted from 1, if it is known.
    """

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(place + message)


class PackageError(GlossaError):
    """A translation package is missing, broken or refused."""
