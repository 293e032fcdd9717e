"""PO files as text: strict reading with file and line, and one stable way of writing.

polib supplies the data types (`POFile`, `POEntry`) that the rest of Glossa works with. Reading and writing are done
here, because polib's own reader stops at `#=` lines, drops `#~|` lines, knows few escapes and takes a text that
happens to name a file for that file, and its writer breaks long comments.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from glossa import __version__, languages
from glossa.errors import DataError

if TYPE_CHECKING:
    import polib

WIDTH = 78  # columns of a line without its closing quotation mark: what msgcat does at its page width of 79
NO_DATE = "YEAR-MO-DA HO:MI+ZONE"

_BLANK = " \t\r\f\v"
_FIELD = re.compile(
    r'(#~\|[ \t]*|#~[ \t]*|#\|[ \t]*)?(msg[a-z_]+(?:\[[0-9]+\])?)?[ \t]*("(?:[^"\\]|\\.)*")?(.*)', re.DOTALL
)
_ESCAPE = re.compile(r'\\(?:([abfnrtv"\\?\'])|([0-7]{1,3})|x([0-9A-Fa-f]+)|(.?))', re.DOTALL)
_PLAIN = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPED = {ord(char): f"\\{name}" for name, char in _PLAIN.items()} | {ord('"'): '\\"', ord("\\"): "\\\\"}
_CHARSET = re.compile(r"^Content-Type:.*?charset=[ \t]*([^\s;]*)", re.IGNORECASE | re.MULTILINE)
_PREVIOUS = ("msgctxt", "msgid", "msgid_plural")
_PLURAL = re.compile(r"msgstr\[([0-9]+)\]")
_UNSAFE = re.compile("[\u2068\u2069\x85\u2028\u2029\x00-\x1f]")  # in file names
_REFERENCE = re.compile("\u2068([^\u2069]*)\u2069(?::([0-9]+))?|(\\S+)")


def new(lang: str | None, project: str, now: str = NO_DATE) -> polib.POFile:
    """An empty catalogue with a complete header.

    Args:
        lang: the target language, or None for a template (.pot).
        project: what the catalogue belongs to: a domain of the glossary, an article.
        now: the date of both date fields, "2020-01-31 12:00+0700".

    Raises:
        UsageError: Glossa does not know the language.
    """
    import polib

    language = None if lang is None else languages.target(lang)
    po = polib.POFile(wrapwidth=WIDTH, encoding="utf-8")
    po.metadata = {
        "Project-Id-Version": project,
        "POT-Creation-Date": now,
        "PO-Revision-Date": now if language else NO_DATE,
        "Last-Translator": "Automatically generated" if language else "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": language.name if language else "LANGUAGE <LL@li.org>",
        "Language": language.code if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if language:
        po.metadata["Plural-Forms"] = language.plural_forms
    po.metadata["X-Generator"] = f"Glossa {__version__}"
    return po


# Reading


@dataclass(slots=True)
class _Block:
    """One entry while it is being read; `fields` holds name -> pieces, in the order of the file."""

    line: int
    tcomment: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    obsolete: bool = False
    translated: bool = False  # it has a msgstr: whatever is not a msgstr begins the next entry


def parse(text: str, path: Path) -> polib.POFile:
    """The catalogue in `text`; every entry's `linenum` is the line of its `msgid`.

    `#=` lines are read as flags. What follows the last entry is ignored, as GNU gettext does.

    Args:
        text: the whole file, decoded.
        path: where the text comes from, for messages; it is not opened.

    Raises:
        DataError: the text is not a PO file, names a charset other than UTF-8, or has two entries of one context and
            msgid; an obsolete one counts, as it does for GNU gettext.
    """
    import polib

    po = polib.POFile(wrapwidth=WIDTH, encoding="utf-8")
    seen: dict[tuple[str | None, str], int] = {}
    headed = False
    for block in _blocks(text, path):
        entry = _entry(block, path)
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            raise DataError(f"duplicate entry {_short(entry.msgid)}, first on line {seen[key]}", path, block.line)
        seen[key] = block.line
        if entry.msgctxt is None and not entry.msgid and not entry.obsolete:
            headed = True
            _read_header(po, entry, block, path)
        else:
            po.append(entry)
    if not headed and len(po) == 0 and text.strip(_BLANK + "\n\ufeff"):
        raise DataError("not a PO file: no msgid in it", path, 1)
    return po


def _blocks(text: str, path: Path) -> Iterable[_Block]:
    block = _Block(1)
    last: list[str] | None = None  # the field that a continuation line goes on
    number = 0
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = raw.strip(_BLANK)
        if not line:
            continue
        if line[0] == "#" and line[1:2] not in ("|", "~"):
            if block.translated:
                yield block
                block, last = _Block(number), None
            if not all(key.startswith("previous_") for key in block.fields):
                raise DataError("a comment within an entry", path, number)
            _read_comment(block, line)
            continue
        if line == "#~":
            continue
        match = _FIELD.fullmatch(line)
        prefix, name, quoted = (match[1] or "", match[2], match[3]) if match else ("", None, None)
        if match is None or quoted is None or match[4]:
            raise DataError(_complaint(line, name, match), path, number)
        piece = _unescape(quoted[1:-1], path, number)
        if name is None:
            if last is None:
                raise DataError("a string without msgid or msgstr before it", path, number)
            last.append(piece)
            continue
        previous = prefix.startswith(("#|", "#~|"))
        if block.translated and (previous or not name.startswith("msgstr")):
            yield block
            block = _Block(number)
        last = [piece]
        _add_field(block, "previous_" + name if previous else name, last, path, number)
        if not previous:
            block.obsolete = prefix.startswith("#~")
    if block.translated:
        yield block
    elif any(not key.startswith("previous_") for key in block.fields):
        raise DataError("the last entry has no msgstr", path, block.line)


def _complaint(line: str, name: str | None, match: re.Match[str] | None) -> str:
    rest = match[4] if match else line
    if match and match[3] is not None:
        return f"text after the closing quotation mark: {_short(rest)}"
    if rest.startswith('"'):
        return "a string that is not closed"
    return f"{name} without a string" if name else f"neither a comment nor a keyword: {_short(line)}"


def _add_field(block: _Block, name: str, pieces: list[str], path: Path, number: int) -> None:
    fields = block.fields
    plural = _PLURAL.fullmatch(name)
    if name.removeprefix("previous_") not in _PREVIOUS and name != "msgstr" and not plural:
        raise DataError(f"unknown keyword {name}", path, number)
    if name in fields:
        raise DataError(f"a second {name} in one entry", path, number)
    if not name.startswith("previous_"):
        if (name == "msgid_plural" or name.startswith("msgstr")) and "msgid" not in fields:
            raise DataError(f"{name} without msgid", path, number)
        if name == "msgctxt" and "msgid" in fields:
            raise DataError("an entry without msgstr before this msgctxt", path, number)
        if (name == "msgstr" and "msgid_plural" in fields) or (plural and "msgid_plural" not in fields):
            raise DataError(f"{name} does not go with this msgid", path, number)
    if plural and int(plural[1]) != sum(key.startswith("msgstr[") for key in fields):
        raise DataError(f"{name} is out of order", path, number)
    if name == "msgid":
        block.line = number
    block.translated = name.startswith("msgstr")
    fields[name] = pieces


def _read_comment(block: _Block, line: str) -> None:
    kind, rest = line[1:2], line[2:].strip(_BLANK)
    if kind == ":":
        block.references.append(rest)
    elif kind in (",", "="):
        block.flags.extend(flag for part in rest.split(",") if (flag := part.strip()) and flag not in block.flags)
    elif kind == ".":
        block.comment.append(line[2:].removeprefix(" "))
    else:
        block.tcomment.append(line[1:].removeprefix(" "))


def _entry(block: _Block, path: Path) -> polib.POEntry:
    import polib

    def value(name: str) -> str | None:
        return "".join(block.fields[name]) if name in block.fields else None

    if value("msgid") is None:
        raise DataError("an entry without msgid", path, block.line)
    plural = value("msgid_plural")
    numbered = {} if plural is None else {int(m[1]): value(m[0]) for m in map(_PLURAL.fullmatch, block.fields) if m}
    previous = {name: "".join(pieces) for name, pieces in block.fields.items() if name.startswith("previous_")}
    return polib.POEntry(
        msgctxt=value("msgctxt"),
        msgid=value("msgid"),
        msgid_plural=plural or "",
        msgstr=value("msgstr") or "",
        msgstr_plural=numbered,
        obsolete=block.obsolete,
        comment="\n".join(block.comment),
        tcomment="\n".join(block.tcomment),
        occurrences=references(" ".join(block.references)) if block.references else [],
        flags=block.flags,
        linenum=block.line,
        **previous,
    )


def _read_header(po: polib.POFile, entry: polib.POEntry, block: _Block, path: Path) -> None:
    charset = _CHARSET.search(entry.msgstr)
    if charset and charset[1].upper() not in ("UTF-8", "UTF8", "CHARSET", "ASCII", "US-ASCII"):
        raise DataError(f"charset {charset[1] or '(none)'} in the header; Glossa reads UTF-8 only", path, block.line)
    lines = [*block.tcomment, *(f". {line}" for line in block.comment), *(f": {line}" for line in block.references)]
    po.header = "\n".join(lines)
    po.metadata_is_fuzzy = entry.fuzzy
    key = None
    for line in entry.msgstr.split("\n"):
        name, colon, content = line.partition(":")
        if colon and not name.startswith((" ", "\t")):
            key = name
            po.metadata[key] = content.strip()
        elif key is not None and line:
            po.metadata[key] += "\n" + line.strip()


def references(text: str) -> list[tuple[str, str]]:
    """The places named in the text of `#:` lines, as pairs of file and line ("" where there is none).

    A file name with spaces stands between U+2068 and U+2069, as GNU gettext writes it since version 0.22.
    """
    found = []
    for match in _REFERENCE.finditer(text):
        if match[3] is None:
            name, line = match[1], match[2] or ""
        else:
            name, _, line = match[3].rpartition(":")
            if not name or not (line.isascii() and line.isdigit()):
                name, line = match[3], ""
        found.append((name, line))
    return found


def _unescape(text: str, path: Path, number: int) -> str:
    if "\\" not in text:
        return text

    def char(match: re.Match[str]) -> str:
        if match[1]:
            return _PLAIN.get(match[1], match[1])
        code = int(match[2], 8) if match[2] else int(match[3], 16) if match[3] else 0
        if not 0 < code < 128:  # beyond ASCII such an escape is a byte of an unknown encoding
            raise DataError(f"unknown escape {match[0]} in a string", path, number)
        return chr(code)

    return _ESCAPE.sub(char, text)


def _short(text: str, limit: int = 40) -> str:
    return repr(text if len(text) <= limit else text[:limit] + "…")


# Writing


def dump(po: polib.POFile) -> str:
    """The catalogue as text: UTF-8 when encoded, lines wrapped as msgcat does, one final newline.

    Live entries come first, then the obsolete ones, each in the order of the catalogue. Comments are never wrapped.
    """
    header = po.metadata_as_entry()
    header.flags = ["fuzzy"] if po.metadata_is_fuzzy else []
    comments = [f"#{line}" if line[:2] in (". ", ": ") else f"# {line}".rstrip() for line in po.header.split("\n")]
    parts = ["\n".join([*(comments if po.header else []), *_lines(header)])] if po.metadata or po.header else []
    parts += ["\n".join(_lines(entry)) for entry in po if not entry.obsolete]
    parts += ["\n".join(_lines(entry)) for entry in po if entry.obsolete]
    return "\n\n".join(parts) + "\n"


def _lines(entry: polib.POEntry) -> list[str]:
    out = [f"# {line}".rstrip(_BLANK) for line in entry.tcomment.split("\n")] if entry.tcomment else []
    if entry.comment:
        out += [f"#. {line}".rstrip(_BLANK) for line in entry.comment.split("\n")]
    out += _reference_lines(entry.occurrences)
    if entry.flags:
        out.append("#, " + ", ".join(entry.flags))
    gone = "#~ " if entry.obsolete else ""
    for name in _PREVIOUS:
        text = getattr(entry, f"previous_{name}")
        if text is not None:
            out += _field("#~| " if entry.obsolete else "#| ", name, text)
    if entry.msgctxt is not None:
        out += _field(gone, "msgctxt", entry.msgctxt)
    out += _field(gone, "msgid", entry.msgid)
    if entry.msgid_plural:
        out += _field(gone, "msgid_plural", entry.msgid_plural)
    if entry.msgstr_plural:
        for index, text in sorted(entry.msgstr_plural.items()):
            out += _field(gone, f"msgstr[{index}]", text)
    else:
        out += _field(gone, "msgstr", entry.msgstr)
    return out


def _reference_lines(places: Iterable[tuple[str, str]]) -> list[str]:
    lines: list[str] = []
    for name, line in places:
        shown = _UNSAFE.sub("_", name)
        shown = f"\u2068{shown}\u2069" if re.search(r"\s", shown) else shown
        shown += f":{line}" if line else ""
        if lines and len(lines[-1]) + 1 + len(shown) <= WIDTH:
            lines[-1] += " " + shown
        else:
            lines.append("#: " + shown)
    return lines


def _field(prefix: str, name: str, text: str) -> list[str]:
    first = f"{prefix}{name} "
    whole = text.translate(_ESCAPED)
    if "\n" not in text[:-1] and len(first) + 1 + _columns(whole) <= WIDTH:
        return [f'{first}"{whole}"']
    pieces = [piece for line in re.findall(r"[^\n]*\n|[^\n]+", text) for piece in _wrap(line, WIDTH - len(prefix))]
    return [f'{first}""', *(f'{prefix}"{piece.translate(_ESCAPED)}"' for piece in pieces)]


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(_column(char) for char in text)


def _column(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


# Where a line may be broken, after Unicode's UAX #14 as far as English, Khmer and Japanese need it.
_NOT_BEFORE = frozenset(
    "、。，．・：；？！ー）」』】〉》〕］｝ゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥%℃)]}!?,.:;-|\"'“”‘’។៕៖ៗ\n"
)
_NOT_AFTER = frozenset("（「『【〈《〔［｛([{\"'“”‘’$¥")


def _may_break(before: str, after: str) -> bool:
    if after in " \u200b\n":
        return False
    if before in " \u200b":
        return True
    if before in "-|?!…៖។៕":
        return not after.isdecimal() and after not in _NOT_BEFORE
    wide = unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
    return wide and before not in _NOT_AFTER and after not in _NOT_BEFORE and unicodedata.category(after)[0] != "M"


def _wrap(line: str, limit: int) -> list[str]:
    """The pieces of a line of text, each as wide as fits between its quotation marks; joined, they are the line."""
    pieces: list[str] = []
    start = end = 0  # the piece being built, and the last place where it may end
    width = word = 1  # columns up to `end` with the opening quotation mark; columns since
    word = 0
    for i, char in enumerate(line):
        word += _columns(char.translate(_ESCAPED))
        if i + 1 < len(line) and not _may_break(char, line[i + 1]):
            continue
        if end > start and width + word > limit:
            pieces.append(line[start:end])
            start, width = end, 1
        end, width, word = i + 1, width + word, 0
    return [*pieces, line[start:]]
