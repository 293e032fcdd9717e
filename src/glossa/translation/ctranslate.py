"""The engine for argostranslate packages: their tokenizer and their CTranslate2 model, driven directly.

argostranslate's own `translate` decodes nearly one sentence at a time, cannot return attention and knows no
prefix; its package format and tokenizers are the ecosystem's standard and are used as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from glossa.errors import PackageError
from glossa.model import Span
from glossa.translation.engine import Alignment, Hypothesis, Request, Tokenizer

if TYPE_CHECKING:
    from glossa.translation.packages import Package

_BATCH_TOKENS = 2048
# The networks know 512 positions; what they were trained on is shorter than either of these.
_MAX_SOURCE_TOKENS = 200
_MAX_TARGET_TOKENS = 400
_MAX_POSITIONS = 500
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
        body = piece.replace("▁", " ").removesuffix("@@").strip()
        # Only blanks may lie between a piece and the one before it; what is further away is another's text.
        found = text.find(body, at, at + len(body) + 8) if body else -1
        if found < 0 or text[at:found].strip():
            spans.append(Span(at, at))
        else:
            at = found + len(body)
            spans.append(Span(found, at))
    return tuple(spans)


class CTranslateEngine:
    """One argostranslate package, opened. Not safe to share between threads."""

    def __init__(self, package: Package, tokenizer: Tokenizer, translator: Any) -> None:
        self._package = package
        self._tokenizer = tokenizer
        self._translator = translator
        self._prefix = [package.target_prefix] if package.target_prefix else []

    @property
    def signature(self) -> str:
        """Name, version and content hash of the package."""
        return self._package.signature

    @property
    def tags(self) -> tuple[str, str] | None:
        """The annotation tags that the package's metadata names."""
        return self._package.term_tags

    def fits(self, source: str) -> bool:
        """See `Engine.fits`."""
        return len(self._tokenizer.encode(source)) <= _MAX_SOURCE_TOKENS

    def translate(
        self, requests: Sequence[Request], hypotheses: int, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        """See `Engine.translate`; beam search of that width, batched by length."""
        if not requests:
            return []
        beam = max(4, hypotheses)
        sources = [self._encode(request.source) for request in requests]
        # A network that has lost the thread writes to the end of what it is given.
        room = min(2 * max(len(source) for source in sources) + 30, _MAX_TARGET_TOKENS)
        results = self._translator.translate_batch(
            sources,
            target_prefix=[self._prefix + self._encode_target(request.prefix) for request in requests],
            beam_size=beam,
            num_hypotheses=hypotheses,
            repetition_penalty=penalty,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=room,
            return_scores=True,
        )
        return [
            tuple(
                Hypothesis(self._decode(tokens), score)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            )
            for result in results
        ]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """See `Engine.score`."""
        if not pairs:
            return []
        results = self._translator.score_batch(
            [self._encode(source) for source, _ in pairs],
            [self._prefix + self._encode_target(target) for _, target in pairs],
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
        )
        skip = len(self._prefix)
        return [_mean(result.log_probs[skip:]) for result in results]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """See `Engine.align`: the attention of a teacher-forced decoding (one step beyond it is made)."""
        if not pairs:
            return []
        sources = [self._encode(source) for source, _ in pairs]
        targets = [self._encode_target(target) for _, target in pairs]
        results = self._translator.translate_batch(
            sources,
            target_prefix=[self._prefix + target for target in targets],
            beam_size=1,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=max(len(target) for target in targets) + len(self._prefix) + 1,
            return_attention=True,
        )
        skip = len(self._prefix)
        alignments: list[Alignment] = []
        for (source, target), source_pieces, target_pieces, result in zip(
            pairs, sources, targets, results, strict=True
        ):
            rows = result.attention[0][skip : skip + len(target_pieces)]
            alignments.append(
                Alignment(
                    piece_spans(source, source_pieces),
                    piece_spans(target, target_pieces),
                    tuple(tuple(float(weight) for weight in row[: len(source_pieces)]) for row in rows),
                )
            )
        return alignments

    def _encode(self, text: str) -> list[str]:
        return self._tokenizer.encode(text)[:_MAX_POSITIONS]

    def _encode_target(self, text: str) -> list[str]:
        return self._encode(text) if text else []

    def _decode(self, tokens: list[str]) -> str:
        pieces = tokens[len(self._prefix) :]
        processor = getattr(self._tokenizer, "lazy_processor", None)
        if processor is None:
            return self._tokenizer.decode(pieces).strip()
        # argostranslate's own decoding turns every underscore into a blank, those of addresses, too.
        text: str = processor().decode_pieces(pieces)
        return text.replace("▁", " ").strip()


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def open_engine(package: Package, open_tokenizer: Callable[[Package], Tokenizer], threads: int = 0) -> CTranslateEngine:
    """Load the package's network and tokenizer.

    Args:
        package: a translation package whose source is English.
        open_tokenizer: how to get its tokenizer (`packages.tokenizer`).
        threads: processor threads to use; 0 leaves the choice to CTranslate2.

    Raises:
        PackageError: the model cannot be loaded.
    """
    import ctranslate2

    try:
        translator = ctranslate2.Translator(
            str(package.path / "model"), device="cpu", compute_type="int8", intra_threads=threads
        )
    except (RuntimeError, ValueError) as error:
        raise PackageError(f"{package.path / 'model'}: cannot be loaded: {str(error).splitlines()[0]}") from error
    return CTranslateEngine(package, open_tokenizer(package), translator)
