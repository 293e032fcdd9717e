"""`glossa models`: the translation packages, bundled and installed."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossa.errors import PackageError

if TYPE_CHECKING:
    from glossa.translation.packages import Package

_NAME_WIDTH = 40
_README_BYTES = 64 * 1024


@click.group("models")
def command() -> None:
    """List, inspect, install and remove translation packages."""


@command.command("list", short_help="Show all packages.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_packages(as_json: bool) -> None:
    """Show all packages; `*` marks the one that is used for its languages."""
    from glossa.translation import packages

    found, broken = packages.available(os.environ, _home())
    used = {(package.from_code, package.to_code): package for package in reversed(found)}
    rows = [(package, used[package.from_code, package.to_code] is package) for package in found]
    if as_json:
        listing = [{**_facts(package), "used": chosen} for package, chosen in rows]
        click.echo(_json({"packages": listing, "broken": broken}))
        return
    for line in _table(rows):
        click.echo(line)
    for line in broken:
        click.echo(f"glossa: skipped: {_plain(line)}", err=True)


@command.command("info", short_help="Show what a package is.")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(name: str, as_json: bool) -> None:
    """Show what a package is; NAME is a package's name, name=version or directory."""
    from glossa.translation import packages

    package = packages.named(name, os.environ, _home())
    facts = {**_facts(package), "size": _size(package.path), "signature": package.signature}
    readme = _readme(package.path)
    if as_json:
        click.echo(_json({**facts, "readme": readme}))
        return
    tags = " ".join(package.term_tags) if package.term_tags else "none"
    lines = {
        "name": package.name,
        "version": package.version or "unknown",
        "languages": f"{package.from_code} -> {package.to_code} ({package.from_name} -> {package.to_name})",
        "source": _source(package),
        "licence": package.license or "not stated",
        "term tags": tags,
        "prefix": package.target_prefix or "none",
        "size": f"{facts['size'] / 1e6:.1f} MB",
        "signature": package.signature,
        "path": str(package.path),
    }
    for key, value in lines.items():
        click.echo(f"{key + ':':<11}{_plain(value)}")
    if readme:
        click.echo()
        click.echo("\n".join(_plain(line) for line in readme.splitlines()))


@command.command("install", short_help="Check a package file and install it.")
@click.argument("file", type=click.Path(path_type=Path))
def install(file: Path) -> None:
    """Check FILE (.argosmodel) and install it where argostranslate looks, too."""
    from glossa.translation import installer

    package = installer.install(file, os.environ, _home())
    click.echo(f"installed {_title(package)} in {package.path}")


@command.command("remove", short_help="Remove an installed package.")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the installed package NAME."""
    from glossa.translation import installer

    package = installer.remove(name, os.environ, _home())
    click.echo(f"removed {_title(package)} from {package.path.parent}")


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise PackageError("the home directory is not known; set HOME") from error


def _title(package: Package) -> str:
    return f"{package.name} ({package.from_code} -> {package.to_code}, version {package.version or 'unknown'})"


def _source(package: Package) -> str:
    return "bundled" if package.bundled else "installed"


def _facts(package: Package) -> dict[str, Any]:
    return {
        "name": package.name,
        "version": package.version,
        "from": package.from_code,
        "to": package.to_code,
        "from_name": package.from_name,
        "to_name": package.to_name,
        "bundled": package.bundled,
        "license": package.license,
        "target_prefix": package.target_prefix,
        "term_tags": package.term_tags,
        "path": str(package.path),
    }


def _table(rows: Sequence[tuple[Package, bool]]) -> list[str]:
    """At most 80 columns wide; a name too long for its column gets a line of its own."""
    if not rows:
        return ["no packages"]
    cells = [("", "NAME", "LANGUAGES", "VERSION", "SOURCE")]
    for package, used in rows:
        pair = f"{package.from_code} -> {package.to_code}"
        cells.append(("*" if used else "", package.name, pair, package.version, _source(package)))
    limits = (1, _NAME_WIDTH, 14, 10, 9)
    widths = [min(limit, max(len(row[i]) for row in cells)) for i, limit in enumerate(limits)]
    lines: list[str] = []
    for mark, name, pair, version, source in cells:
        shown = name
        if len(name) > widths[1]:
            lines.append(f"{mark:<{widths[0]}} {_plain(name)}")
            mark, shown = "", ""  # noqa: PLW2901 (they stand on the line before)
        row = (mark, _plain(shown), pair, version, source)
        line = " ".join(f"{cell:<{width}} " for cell, width in zip(row, widths, strict=True))
        lines.append(line[:1] + line[2:].rstrip())
    return lines


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _readme(path: Path) -> str:
    try:
        with (path / "README.md").open("rb") as stream:
            return stream.read(_README_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _plain(text: str) -> str:
    """`text` without what could steer a terminal: packages come from strangers."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
