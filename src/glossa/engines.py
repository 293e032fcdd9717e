"""Open translation packages as engines: one network for all languages that share it, each package probed once."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossa import index, store
from glossa.errors import DataError
from glossa.translation import network, packages, probe
from glossa.translation.marking import BARE, PLACEHOLDERS, PLAIN, Content, Marking, of_tags
from glossa.translation.network import Heads
from glossa.translation.packages import Package
from glossa.translation.pivot import PivotEngine

if TYPE_CHECKING:
    from glossa.translation.ctranslate import CTranslateEngine
    from glossa.translation.engine import Engine
    from glossa.translation.probe import Habits

_PROBE = 1  # raised whenever what is probed changes
_SHARP = 0.5  # an attention as good as this is kept


def signature(route: Sequence[Package]) -> str:
    """The signature of the engine for a route, without loading it."""
    return " + ".join(package.signature for package in route)


class Opener:
    """Opens engines, and keeps what they can share.

    Args:
        environ: the environment, for the place of the cache.
        home: the home directory, for the same.
        threads: batches that an engine works on at once; 0: as many as there are processors.
        notice: told, once, that a package is being probed.
    """

    def __init__(
        self, environ: Mapping[str, str], home: Path, threads: int = 0, notice: Callable[[str], None] | None = None
    ) -> None:
        self._cache = index.cache_directory(environ, home) / "packages"
        self._threads = threads or _processors()
        self._notice = notice or (lambda _: None)
        self._networks: dict[tuple[str, Heads | None], Any] = {}

    def open(self, route: Sequence[Package]) -> Engine:
        """The engine for one package, or for two in a row.

        Raises:
            PackageError: a package cannot be loaded.
        """
        if all(package.bundled for package in route):
            return self._chain(route, [None] * len(route), None)  # made for Glossa and measured: nothing to find out
        known = self._remembered(route)
        if known is None:
            self._notice(f"trying out what {' and '.join(package.name for package in route)} can do (done once)")
            heads = [None if package.bundled else self._sharpest(package) for package in route]
            tags = route[0].term_tags if len(route) == 1 else None
            habits = probe.probe(self._chain(route, heads, PLAIN), route[-1].to_code, tags)
            self._remember(route, heads, habits)
            known = heads, habits.marking
        return self._chain(route, *known)

    def _chain(self, route: Sequence[Package], heads: Sequence[Heads | None], marking: Marking | None) -> Engine:
        if len(route) == 1:
            return self._engine(route[0], heads[0], marking)
        first, second = (self._engine(package, each, PLAIN) for package, each in zip(route, heads, strict=True))
        return PivotEngine(first, second, marking=marking or PLAIN)

    def _engine(self, package: Package, heads: Heads | None, marking: Marking | None) -> CTranslateEngine:
        from glossa.translation.ctranslate import CTranslateEngine, open_network

        key = (package.digest, heads)
        if key not in self._networks:
            self._networks[key] = open_network(package.path / "model", self._threads, heads)
        return CTranslateEngine(package, packages.tokenizer(package), self._networks[key], self._threads, marking)

    def _sharpest(self, package: Package) -> Heads | None:
        """The attention that tells best where a word came from; None where it is the one the network returns."""
        from glossa.translation.ctranslate import CTranslateEngine, open_network

        best, choice = -1.0, None
        for heads in (None, *_choices(package)):
            if best >= _SHARP:
                break
            translator = open_network(package.path / "model", self._threads, heads)
            sharp = probe.sharpness(CTranslateEngine(package, packages.tokenizer(package), translator, self._threads))
            if sharp > best:
                best, choice = sharp, heads
        return choice

    def _file(self, route: Sequence[Package]) -> Path:
        facts = [signature(route), *(f"{package.target_prefix} {package.term_tags}" for package in route)]
        return self._cache / f"{hashlib.sha256(chr(10).join(facts).encode()).hexdigest()[:16]}.json"

    def _remembered(self, route: Sequence[Package]) -> tuple[list[Heads | None], Marking] | None:
        """What was found out before; None where nothing is known, or what is written there is of no use."""
        try:
            data = json.loads(self._file(route).read_bytes())
            if data["probe"] != _PROBE or data["signature"] != signature(route):
                return None
            heads = [Heads(*map(int, each)) if each else None for each in data["heads"]]
            content, before, after = map(str, data["marking"])
            marking = Marking(Content(content), before, after)
            if marking not in (PLAIN, BARE, *PLACEHOLDERS, of_tags(route[0].term_tags)):
                return None
            # CTranslate2 does not look whether there is such an attention, and crashes where there is none.
            for package, each in zip(route, heads, strict=True):
                if each and each not in _choices(package):
                    return None
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None
        return heads, marking

    def _remember(self, route: Sequence[Package], heads: Sequence[Heads | None], habits: Habits) -> None:
        data = {
            "probe": _PROBE,
            "signature": signature(route),
            "heads": [[each.layer, each.heads] if each else None for each in heads],
            "marking": [habits.marking.content.value, habits.marking.before, habits.marking.after],
            "carried": {name: round(share, 3) for name, share in habits.carried.items()},
            "numbers": round(habits.numbers, 3),
        }
        try:
            store.write_atomic(self._file(route), json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")
        except DataError:
            return  # found out anew next time


def _choices(package: Package) -> list[Heads]:
    """The attentions that its network could return."""
    try:
        with (package.path / "model" / "model.bin").open("rb") as stream:
            return network.choices(stream)
    except (OSError, struct.error):
        return []


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
