"""How to get from one language into another with the packages there are: directly, or through a third language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packaging.version import Version

from glossa.errors import PackageError
from glossa.translation import packages
from glossa.translation.packages import Package

_JOINED = "+"


def route(
    from_code: str, to_code: str, environ: Mapping[str, str], home: Path, choose: str | None = None
) -> tuple[Package, ...]:
    """The packages to translate with, in the order in which they are used: one, or two through a third language.

    A direct package is always preferred: what `packages.find` finds. Where there is none, argostranslate goes through
    the first language that its directories happen to list. Here every third language is looked at, with the newest
    package into it and the newest one out of it, and the pair whose older package is newest is taken; then the one
    whose newer package is; then the one through the language whose code is first in the alphabet.

    Args:
        choose: a package as `packages.named` understands it, or two of them joined by "+"
            ("translate-en_zh+translate-zh_ja"). A "+" in the path or the version of a single package is understood.

    Raises:
        PackageError: there is no way from the one language into the other, or what is chosen is not there, broken, or
            for other languages.
    """
    if choose is not None:
        return _chosen(from_code, to_code, environ, home, choose)
    try:
        return (packages.find(from_code, to_code, environ, home),)
    except PackageError:
        found, _ = packages.available(environ, home)
        pairs = _pairs(from_code, to_code, found)
        if not pairs:
            raise
        return max(pairs, key=_newest)  # of equals the first


def target_of(choose: str, environ: Mapping[str, str], home: Path) -> str:
    """The language into which what is chosen (see `route`) translates.

    Raises:
        PackageError: it is not there.
    """
    if _JOINED in choose and not _is_one(choose, environ, home):
        return packages.named(choose.rpartition(_JOINED)[2], environ, home).to_code
    return packages.named(choose, environ, home).to_code


def _pairs(from_code: str, to_code: str, found: list[Package]) -> list[tuple[Package, Package]]:
    """Through each third language the newest packages, by its code; `found` has the newest of a pair first."""
    into: dict[str, Package] = {}
    out_of: dict[str, Package] = {}
    for package in found:
        if package.from_code == from_code:
            into.setdefault(package.to_code, package)
        if package.to_code == to_code:
            out_of.setdefault(package.from_code, package)
    third = sorted(into.keys() & out_of.keys() - {from_code, to_code})
    return [(into[code], out_of[code]) for code in third]


def _newest(pair: tuple[Package, Package]) -> tuple[Version, Version]:
    older, newer = sorted(packages.version_of(package.version) for package in pair)
    return older, newer


def _chosen(from_code: str, to_code: str, environ: Mapping[str, str], home: Path, choose: str) -> tuple[Package, ...]:
    if _JOINED not in choose or _is_one(choose, environ, home):
        return (packages.find(from_code, to_code, environ, home, choose),)
    errors: list[PackageError] = []
    for at in (i for i, char in enumerate(choose) if char == _JOINED):
        left, right = choose[:at], choose[at + 1 :]
        try:
            code = packages.named(left, environ, home).to_code
            first = packages.find(from_code, code, environ, home, left)
            return first, packages.find(code, to_code, environ, home, right)
        except PackageError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    raise PackageError(f"no packages {choose!r}: name one package, or two joined by {_JOINED!r}")


def _is_one(choose: str, environ: Mapping[str, str], home: Path) -> bool:
    try:
        packages.named(choose, environ, home)
    except PackageError:
        return False
    return True
