"""`glossa init`: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from glossa import languages
from glossa.errors import UsageError
from glossa.workspace import CONFIG_NAME

CONFIG = """\
# Settings of Glossa for this directory and all below it. Every line may be left out.

# The language of the articles, and the languages to translate into when a command does not say.
source = "en"
targets = ["km", "ja"]

# Digits: "native" (២៩ មេសា ២០២២) or "latin" (29 មេសា 2022).
[digits]
km = "native"

# "Full Form (ACRONYM)" in an article:
#   "introduce"  the rendering of the full form, then the acronym in brackets at first mention; the acronym after it
#   "full"       always the rendering of the full form, without the acronym
#   "latin"      the acronym in Latin script wherever the article has it
[acronyms]
km = "introduce"
ja = "introduce"

# The translation package for a language; without a line, the newest one installed. See `glossa models list`.
[packages]
# km = "translate-en_km-1_0"
# ja = "translate-en_ja-1_0"
"""


@click.command(short_help="Make a workspace: settings, glossary, catalogues.")
@click.argument("directory", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
def command(directory: Path) -> None:
    """Make a workspace in DIR, or here: glossa.toml, glossary/ for your terms, locale/ for your translations.

    What is there already is left as it is. All of it is text and belongs in version control.
    """
    from glossa import store

    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory} is not a directory")
    config = directory / CONFIG_NAME
    folders = [
        *(directory / "glossary" / lang for lang in languages.TARGETS),
        *(directory / "locale" / lang / "LC_MESSAGES" for lang in languages.TARGETS),
    ]
    for path in (config, *folders):
        _check(path, directory)
    if config.exists():
        _say("kept", config)
    else:
        store.write_atomic(config, CONFIG)
        _say("made", config)
    for name in ("glossary", "locale"):
        top = directory / name
        what = "kept" if top.exists() else "made"
        for folder in folders:
            if folder.is_relative_to(top) and not folder.exists():
                # git keeps no empty directory
                store.write_atomic(folder / ".gitkeep", "")
        _say(what, top, "/")


def _check(path: Path, directory: Path) -> None:
    """Refuse to begin where something else has one of the names."""
    if path.name == CONFIG_NAME:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} exists and is not a file")
        return
    while path != directory:
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path} exists and is not a directory")
        path = path.parent


def _say(what: str, path: Path, end: str = "") -> None:
    click.echo(f"{what} {path}{end}")
