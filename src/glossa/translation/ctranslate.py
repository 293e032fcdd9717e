"""The engine for argostranslate packages: their tokenizer and their CTranslate2 model, driven directly.

argostranslate's own `translate` decodes nearly one sentence at a time, cannot return attention and knows no
prefix; its package format and tokenizers are the ecosystem's standard and are used as they are.
"""

from __future__ import annotations

import html
import io
import re
import struct
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossa.errors import PackageError
from glossa.model import Span
from glossa.translation import network
from glossa.translation.engine import Alignment, Hypothesis, Request, Tokenizer
from glossa.translation.marking import Marking, of_tags
from glossa.translation.network import Heads
from glossa.translation.repair import joined

if TYPE_CHECKING:
    from glossa.translation.packages import Package

_BATCH_TOKENS = 1024
_BLANK = "▁"  # SentencePiece's sign for a blank
_KEPT = 512  # hypotheses of a thread whose attention is kept at least until it decodes again
# The networks know 512 positions; what they were trained on is shorter than either of these.
_MAX_SOURCE_TOKENS = 200
_MAX_TARGET_TOKENS = 400
_MAX_POSITIONS = 500
# Khmer signs that Moses took for punctuation, with the blanks it put around them.
_SPLIT_SIGN = re.compile("\\s*([\u17c9\u17ca\u17d0\u17d2])\\s*|\\s*([\u17b6-\u17d1\u17d3\u17dd])")
_BYTE_PIECE = re.compile(r"<0x([0-9A-Fa-f]{2})>")


def piece_spans(text: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    """The characters of `text` that each of its subword pieces covers.

    Works for SentencePiece (`▁`, `<0xE3>` bytes) and BPE (`@@`) pieces; a piece that cannot be found in the text
    (an unknown token, a language tag) gets an empty span at the place reached.
    """
    spans: list[Span] = []
    at = 0
    pending = bytearray()
    first_pending = 0
    for number, piece in enumerate(pieces):
        byte = _BYTE_PIECE.fullmatch(piece)
        if byte:
            if not pending:
                first_pending = number
            pending.append(int(byte[1], 16))
            spans.append(Span(at, at))
            try:
                char = pending.decode("utf-8")
            except UnicodeDecodeError:
                continue
            found = text.find(char, at)
            if found >= 0:
                at = found + len(char)
                spans[first_pending:] = [Span(found, at)] * (number + 1 - first_pending)
            pending.clear()
            continue
        pending.clear()
        body = html.unescape(piece.replace("▁", " ").removesuffix("@@").strip())  # Moses writes &apos; for '
        # Only blanks may lie between a piece and the one before it; what is further away is another's text.
        found = text.find(body, at, at + len(body) + 8) if body else -1
        if found < 0 or text[at:found].strip():
            spans.append(Span(at, at))
        else:
            at = found + len(body)
            spans.append(Span(found, at))
    return tuple(spans)


@lru_cache(maxsize=1024)
def _source_spans(source: str, pieces: tuple[str, ...]) -> tuple[Span, ...]:
    """As `piece_spans`, for a source, which is aligned with many translations."""
    return piece_spans(source, pieces)


class _Last(threading.local):
    """Pieces and attention of what a thread has decoded lately: to align it costs nothing."""

    def __init__(self) -> None:
        self.decoded: dict[tuple[str, str], tuple[list[str], list[list[float]]]] = {}


class CTranslateEngine:
    """One argostranslate package, opened.

    Args:
        package: what the tokenizer and the network come from.
        translator: a `ctranslate2.Translator`.
        threads: how many batches it works on at once.
        marking: what suits it (default: the tags that the package's metadata names).
    """

    def __init__(
        self,
        package: Package,
        tokenizer: Tokenizer,
        translator: Any,
        threads: int = 1,
        marking: Marking | None = None,
    ) -> None:
        self._package = package
        self._tokenizer = tokenizer
        self._translator = translator
        self._threads = threads
        self._marking = marking or of_tags(package.term_tags)
        self._prefix = [package.target_prefix] if package.target_prefix else []
        self._last = _Last()
        processor = getattr(tokenizer, "lazy_processor", None)
        self._spells_blanks = processor is not None and processor().piece_to_id(_BLANK) != processor().unk_id()

    @property
    def signature(self) -> str:
        """Name, version and content hash of the package."""
        return self._package.signature

    @property
    def marking(self) -> Marking:
        """See `Engine.marking`."""
        return self._marking

    @property
    def threads(self) -> int:
        """See `Engine.threads`."""
        return self._threads

    def fits(self, source: str) -> bool:
        """See `Engine.fits`."""
        return len(self._tokenizer.encode(source)) <= _MAX_SOURCE_TOKENS

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        """See `Engine.translate`; batched by length and number of tokens."""
        if not requests:
            return []
        sources = [self._encode(request.source) for request in requests]
        # A network that has lost the thread writes to the end of what it is given.
        room = min(2 * max(len(source) for source in sources) + 30, _MAX_TARGET_TOKENS)
        forced = [self._encode_target(request.prefix) for request in requests]
        results = self._translator.translate_batch(
            sources,
            target_prefix=[self._prefix + prefix for prefix in forced],
            beam_size=max(beam, hypotheses),
            num_hypotheses=hypotheses,
            repetition_penalty=penalty,
            max_batch_size=self._batch_size(sources),
            batch_type="tokens",
            max_decoding_length=room,
            return_scores=True,
            return_attention=True,
            replace_unknowns=True,  # as argostranslate does
        )
        decoded = self._last.decoded
        if len(decoded) > _KEPT:
            decoded.clear()
        found: list[tuple[Hypothesis, ...]] = []
        for request, prefix, result in zip(requests, forced, results, strict=True):
            made: list[Hypothesis] = []
            for tokens, score, attention in zip(result.hypotheses, result.scores, result.attention, strict=True):
                pieces = tokens[len(self._prefix) :]
                text = self._text(pieces, request.prefix, len(prefix))
                decoded[request.source, text] = (pieces, attention)
                made.append(Hypothesis(text, score))
            found.append(tuple(made))
        return found

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """See `Engine.score`."""
        if not pairs:
            return []
        sources = [self._encode(source) for source, _ in pairs]
        results = self._translator.score_batch(
            sources,
            [self._prefix + self._encode_target(target) for _, target in pairs],
            max_batch_size=self._batch_size(sources),
            batch_type="tokens",
        )
        skip = len(self._prefix)
        return [_mean(result.log_probs[skip:]) for result in results]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """See `Engine.align`: the attention of the decoding, or for other texts of a teacher-forced one."""
        known = self._last.decoded
        others = list(dict.fromkeys(pair for pair in pairs if pair not in known))
        forced = dict(zip(others, self._attention(others), strict=True))
        return [self._alignment(pair, *(known.get(pair) or forced[pair])) for pair in pairs]

    def _attention(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[list[str], list[list[float]]]]:
        """Pieces and attention of given translations (one step beyond them is made)."""
        if not pairs:
            return []
        sources = [self._encode(source) for source, _ in pairs]
        targets = [self._encode_target(target) for _, target in pairs]
        results = self._translator.translate_batch(
            sources,
            target_prefix=[self._prefix + target for target in targets],
            beam_size=1,
            max_batch_size=self._batch_size(sources),
            batch_type="tokens",
            max_decoding_length=max(len(target) for target in targets) + len(self._prefix) + 1,
            return_attention=True,
        )
        return [(target, result.attention[0]) for target, result in zip(targets, results, strict=True)]

    def _alignment(self, pair: tuple[str, str], pieces: list[str], attention: list[list[float]]) -> Alignment:
        source, target = pair
        source_pieces = self._encode(source)
        rows = attention[len(self._prefix) : len(self._prefix) + len(pieces)]
        rows += [[0.0] * len(source_pieces)] * (len(pieces) - len(rows))
        return Alignment(
            _source_spans(source, tuple(source_pieces)),
            piece_spans(target, pieces),
            tuple(tuple(row[: len(source_pieces)]) for row in rows),
        )

    def _batch_size(self, sources: Sequence[Sequence[str]]) -> int:
        """Tokens of a batch: such that every thread gets one, however little there is."""
        tokens = len(sources) * max(len(source) for source in sources)
        return max(1, min(_BATCH_TOKENS, -(-tokens // self._threads)))

    def _encode(self, text: str) -> list[str]:
        return self._tokenizer.encode(text)[:_MAX_POSITIONS]

    def _encode_target(self, text: str) -> list[str]:
        pieces = self._encode(text) if text else []
        return [*pieces, _BLANK] if text.endswith(" ") and self._spells_blanks else pieces

    def _text(self, pieces: list[str], prefix: str, forced: int) -> str:
        """The text of a translation: the prefix to the letter, even where the vocabulary cannot spell it."""
        text = self._decode(pieces)
        prefix = prefix.rstrip()
        if text.startswith(prefix):
            return text
        rest = self._decode(pieces[forced:])
        if not rest:
            return prefix
        return f"{prefix} {rest}" if pieces[forced].startswith("▁") else joined(prefix, rest)

    def _decode(self, pieces: list[str]) -> str:
        processor = getattr(self._tokenizer, "lazy_processor", None)
        if processor is None:
            return _SPLIT_SIGN.sub(r"\1\2", self._tokenizer.decode(pieces)).strip()
        # argostranslate's own decoding turns every underscore into a blank, those of addresses, too.
        text: str = processor().decode_pieces(pieces)
        return text.replace("▁", " ").strip()


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def open_network(path: Path, threads: int = 1, heads: Heads | None = None) -> Any:
    """Load a CTranslate2 model.

    Args:
        path: its directory.
        threads: how many batches it works on at once, each in a thread of its own.
        heads: the attention that it is to return, one of `network.choices` (default: what the model says).

    Raises:
        PackageError: it cannot be loaded.
    """
    import ctranslate2

    options: dict[str, Any] = {
        "device": "cpu",
        "compute_type": "int8",
        "inter_threads": threads,
        "intra_threads": 1,
    }
    try:
        if heads:
            # Only the copy in memory is changed; the other files have to be given with it.
            options["files"] = {file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}
            options["files"]["model.bin"] = network.showing(io.BytesIO(options["files"]["model.bin"]), heads)
        return ctranslate2.Translator(str(path), **options)
    except (RuntimeError, ValueError, IndexError, struct.error) as error:
        raise PackageError(f"{path}: cannot be loaded: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise PackageError(f"{error.filename or path}: {error.strerror}") from error
