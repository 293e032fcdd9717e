"""The file of a CTranslate2 network, `model.bin`: whether it is whole, and which attention it shows.

The layout is that of `ModelSpec._serialize` in CTranslate2: a head, then for each variable its name, dimensions, type
and data, then pairs of alias and name.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MAX_VARIABLES = 100_000  # a big network has a few thousand
_KNOWN = range(4, 7)  # versions of the layout; whether others can be loaded is for CTranslate2 to say
_END = 2  # seek from the end
_LAYER = re.compile(r"decoder/layer_([0-9]{1,4})/")
_NUMBERS = {1: "<b", 2: "<h", 3: "<i"}  # integers by their type in the file


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str
    type: int
    offset: int
    length: int


def check(stream: BinaryIO) -> int:
    """Walk over the variables of a network without loading them; return the version of its file format.

    Raises:
        struct.error: the file is cut short or damaged.
    """
    version, variables = _open(stream)
    for _ in variables:
        pass
    if version in _KNOWN:
        for _ in range(2 * _number(stream, "<I")):  # pairs of alias and name
            _skip(stream, _number(stream, "<H"))
    return version


@dataclass(frozen=True, slots=True)
class Heads:
    """Which attention a network returns: the mean of the first `heads` heads of a layer of its decoder.

    Args:
        layer: counted from 0, or from the last one at -1.
        heads: 0 means all of them.
    """

    layer: int = -1
    heads: int = 1


def choices(stream: BinaryIO) -> list[Heads]:
    """The attentions that a network could return: for every layer, the last first, its first head, two, and all.

    None where the file does not say.

    Raises:
        struct.error: the file is cut short or damaged.
    """
    _, variables = _open(stream)
    found_layers: set[int] = set()
    count, patchable = 0, set()
    for variable in variables:
        found = _LAYER.match(variable.name)
        if found:
            found_layers.add(int(found[1]))
        if variable.name == "decoder/num_heads" and variable.type in _NUMBERS:
            end = stream.tell()
            stream.seek(variable.offset)
            count = _number(stream, _NUMBERS[variable.type])
            stream.seek(end)
        if variable.name in _PATCHED and (variable.type, variable.length) == (2, 2):
            patchable.add(variable.name)
    if len(patchable) < len(_PATCHED):
        return []
    layers = next(layer for layer in itertools.count() if layer not in found_layers)
    return [Heads(layer, heads) for layer in reversed(range(layers)) for heads in (1, 2, 0) if heads <= count]


_PATCHED = ("decoder/alignment_layer", "decoder/alignment_heads")


def showing(stream: BinaryIO, heads: Heads) -> bytes:
    """The file with the attention it returns changed; `heads` is one of `choices`.

    CTranslate2 checks neither value: a layer that is not there would crash it.

    Raises:
        struct.error: the file is cut short or damaged.
    """
    _, variables = _open(stream)
    places = {variable.name: variable.offset for variable in variables if variable.name in _PATCHED}
    if len(places) < len(_PATCHED):
        raise struct.error("it does not say which attention it returns")
    stream.seek(0)
    data = bytearray(stream.read())
    for name, value in zip(_PATCHED, (heads.layer, heads.heads), strict=True):
        struct.pack_into("<h", data, places[name], value)
    return bytes(data)


def _open(stream: BinaryIO) -> tuple[int, Iterator[_Variable]]:
    version = _number(stream, "<I")
    if version not in _KNOWN:
        return version, iter(())
    _skip(stream, _number(stream, "<H"))  # the specification's name and its revision
    _skip(stream, 4)
    count = _number(stream, "<I")
    if count > _MAX_VARIABLES:
        raise struct.error("too many variables")
    return version, _variables(stream, count)


def _variables(stream: BinaryIO, count: int) -> Iterator[_Variable]:
    for _ in range(count):
        name = _read(stream, _number(stream, "<H")).rstrip(b"\0").decode("utf-8", "replace")
        _skip(stream, 4 * _number(stream, "<B"))  # the dimensions
        kind = _number(stream, "<B")
        length = _number(stream, "<I")
        variable = _Variable(name, kind, stream.tell(), length)
        _skip(stream, length)
        yield variable


def _read(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise struct.error("cut short")
    return data


def _number(stream: BinaryIO, form: str) -> int:
    return int(struct.unpack(form, _read(stream, struct.calcsize(form)))[0])


def _skip(stream: BinaryIO, count: int) -> None:
    at = stream.tell()
    end = stream.seek(0, _END)
    if at + count > end:
        raise struct.error("cut short")
    stream.seek(at + count)
