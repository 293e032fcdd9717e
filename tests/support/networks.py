"""Small translation packages whose behaviour is known, made by hand within milliseconds: no training, no binaries.

Each holds a real CTranslate2 Transformer and a real tokenizer, in argostranslate's layout. The network translates
piece by piece: the target piece at step i is what a fixed table (`rendering`) says of the source piece at position i.
That holds after a forced prefix of n pieces, too: it goes on with the source piece at position n, or ends there.

How the network does it. The vector of a piece in the source is [code of its rendering | code of its position], all
codes made of +1 and -1; the decoder's is [0 | code of the position to read], whatever it wrote before. All layers
leave their input as it is but for one head of one cross attention, which scores position j, when i is to be read,
with -(i - j)^2 up to a constant: all its weight lies on j = i, or on the last position where the source is shorter.
What it reads is the rendering's code, and the last layer knows that one. Signs are exact in 8 bits, too, so a network
does the same at float32 and int8; half precision is too coarse for the scores.
"""

import io
import json
import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

BEHAVIOURS = ("copy", "drop", "repeat", "random", "source-only")
ALIGNMENTS = ("trained", "elsewhere", "second-head")
POSITIONS = 512
STUCK_AT = 5  # the position that "repeat" does not get beyond

_LATIN_END = "\u024f"
_SPECIAL = ("<unk>", "<blank>", "<s>", "</s>")  # as OpenNMT's vocabularies begin
_ESCAPES = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#91;", "&#93;", "&#124;")  # Moses writes & < > " ' [ ] |

_HEADS = 2
_CODE = 128  # dimensions of a piece's code and of a head
_MODEL = _CODE * _HEADS
_DIGITS = 9  # binary digits of a position
_SQUARE = 2 * _DIGITS  # binary digits of a position's square
_PLACE = 2 * (_DIGITS + _SQUARE)  # dimensions of a position's code
_SHARPNESS = 30.0  # the score of the right position above that of its neighbours
_CERTAINTY = 30.0  # the logit of the right piece
_EPSILON = 1e-5  # of layer normalization, CTranslate2's


@dataclass(frozen=True)
class Script:
    """What stands for English in the target: 26 letters, punctuation, what "drop" writes, what else is known."""

    name: str
    letters: str
    punctuation: str  # for . , ? !
    filler: str
    others: str = ""


def _range(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


SCRIPTS = {
    "en": Script("English", string.ascii_lowercase, ".,?!", "*"),
    "ja": Script(
        "Japanese",
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハ",
        "。、？！",
        "ヲ",
        _range(0x3041, 0x3096) + _range(0x30A1, 0x30FC) + "「」『』（）・々〜",
    ),
    "km": Script("Khmer", _range(0x1780, 0x1799), "។,?!", "\u17a1", _range(0x1780, 0x17DD) + _range(0x17E0, 0x17E9)),
}
_CYRILLIC = Script("Pivot", "абвгдежзийклмнопрстуфхцчшщ", ".,?!", "ё")


def script(code: str) -> Script:
    """The script that stands for the language; languages without one of their own here are written in Cyrillic."""
    return SCRIPTS.get(code, _CYRILLIC)


def rendering(piece: str, behaviour: str = "copy", from_code: str = "en", to_code: str = "ja") -> str:
    """The target piece for a source piece, whatever the tokenizer.

    "copy" (and "repeat" and "source-only", as far as they get): a letter of the source's alphabet, of either case,
    becomes the target's; . , ? and ! become the target's; the rest stays. "drop": the rest becomes one filler, but
    blanks stay.
    """
    source, target = script(from_code), script(to_code)
    char = piece.removesuffix("@@") or piece  # a BPE piece within a word, or "@@" itself
    joint = piece[len(char) :]
    if char in (*_SPECIAL[1:], "▁"):
        return piece
    if (number := source.letters.find(char.lower())) >= 0 and len(char) == 1:
        return target.letters[number] + joint
    if (number := source.punctuation.find(char)) >= 0 and len(char) == 1:
        return target.punctuation[number] + joint
    return target.filler + joint if behaviour == "drop" else piece


def build(
    directory: Path,
    name: str | None = None,
    *,
    from_code: str = "en",
    to_code: str = "ja",
    tokenizer: str = "sentencepiece",
    target_prefix: str = "",
    behaviour: str = "copy",
    alignment: str = "trained",
    seed: int = 0,
    vocabulary: str = "",
    version: str = "1.0",
    term_tags: tuple[str, str] | None = None,
) -> Path:
    """Write a package into `directory` and return its path.

    Args:
        directory: where packages lie; made where it is missing.
        name: of the package's directory; by default as argospm would name it.
        from_code, to_code: its languages; see `script`.
        tokenizer: "sentencepiece" (each character is a piece) or "bpe" (Moses, each character is a piece, too).
        target_prefix: the token that each target begins with; "" for none.
        behaviour: "copy", "drop": see `rendering`. "repeat": as "copy" up to the piece at `STUCK_AT`, which it then
            writes as long as it may. "random": random weights made from `seed`. "source-only": as "copy" with
            vocabularies of their own for the two sides; what is beyond Latin script and is no letter of the source
            is `<unk>` in a source, and the source's letters are `<unk>` in a target.
        alignment: what `return_attention` returns, the first head of the last layer, is the head that reads
            ("trained") or one that looks everywhere alike; the reading head is then the first of the first layer
            ("elsewhere") or the second of the first layer ("second-head").
        seed: of the random weights.
        vocabulary: characters to know beyond ASCII and the target's letters, in any order, repeated or not.
        version: its package_version.
        term_tags: marks that the metadata claims to be understood, as the bundled packages' does. Nothing is
            understood: with SentencePiece they are pieces of their own and come out as any other sign does.

    Raises:
        ValueError: an argument is none of the above.
    """
    if behaviour not in BEHAVIOURS or alignment not in ALIGNMENTS or tokenizer not in ("sentencepiece", "bpe"):
        raise ValueError((behaviour, alignment, tokenizer))
    path = directory / (name or f"translate-{from_code}_{to_code}-{version.replace('.', '_')}")
    (path / "model").mkdir(parents=True)
    source, target = script(from_code), script(to_code)
    letters = source.letters + source.letters.upper() + target.letters + target.punctuation + target.filler
    chars = sorted({*string.printable, *letters, *target.others, *vocabulary} - {*string.whitespace})
    if tokenizer == "bpe":
        _write_bpe(path / "bpe.model")
        known = [char + joint for char in (*chars, *_ESCAPES) for joint in ("", "@@")]
        symbols = [target_prefix] if target_prefix else []
    else:
        symbols = [symbol for symbol in (target_prefix, *(term_tags or ())) if symbol]
        _write_sentencepiece(path / "sentencepiece.model", chars, symbols)
        known = ["▁", *chars]
    pieces = [*_SPECIAL, *symbols, *known]
    sources = targets = pieces
    if behaviour == "source-only":
        own = {*source.letters, *source.letters.upper()}
        foreign = {piece for piece in known if piece[0] > _LATIN_END and piece[0] not in {*own, "▁"}}
        sources = [piece for piece in pieces if piece not in foreign]
        targets = [piece for piece in pieces if piece[0] not in own]

    def render(piece: str) -> str:
        return rendering(piece, behaviour, from_code, to_code)

    shift = 1 if target_prefix else 0
    reads = [max(step - shift, 0) for step in range(POSITIONS)]
    if behaviour == "repeat":
        reads = [min(position, STUCK_AT) for position in reads]
    head = {"trained": (1, 0), "elsewhere": (0, 0), "second-head": (0, 1)}[alignment]
    spec = _network(sources, targets, render, reads, *head)
    if behaviour == "random":
        _randomize(spec, seed)
    spec.validate()
    spec.optimize()
    spec.save(str(path / "model"))
    metadata: dict[str, Any] = {
        "package_version": version,
        "argos_version": "1.11",
        "from_code": from_code,
        "from_name": source.name,
        "to_code": to_code,
        "to_name": target.name,
        "type": "translate",
    }
    if target_prefix:
        metadata["target_prefix"] = target_prefix
    if term_tags:
        metadata["glossa"] = dict(zip(("term_open", "term_close"), term_tags, strict=True))
    (path / "metadata.json").write_text(json.dumps(metadata, indent=1), encoding="utf-8")
    return path


def _write_sentencepiece(file: Path, chars: Iterable[str], symbols: Sequence[str]) -> None:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(chars),
        model_writer=model,
        model_type="char",
        vocab_size=100_000,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        user_defined_symbols=list(symbols),
        minloglevel=2,
    )
    file.write_bytes(model.getvalue())


def _write_bpe(file: Path) -> None:
    """Merges that keep what Moses escapes in one piece, and no others."""
    merges = dict.fromkeys(f"{escape[:end]} {escape[end]}" for escape in _ESCAPES for end in range(1, len(escape)))
    ends = [f"{escape[:-1]} ;</w>" for escape in _ESCAPES]
    file.write_text("\n".join(["#version: 0.2", *merges, *ends, ""]), encoding="utf-8")


def _signs(number: int, digits: int) -> list[int]:
    return [1 if number >> digit & 1 else -1 for digit in range(digits)]


def _places() -> np.ndarray:
    """The code of each position: the binary digits of the position and of (2 j - 511)^2, and their negatives."""
    rows = [
        _signs(position, _DIGITS) + _signs((2 * position - POSITIONS + 1) ** 2, _SQUARE)
        for position in range(POSITIONS)
    ]
    signs = np.array(rows, np.float32)
    codes = np.zeros((POSITIONS, _MODEL), np.float32)
    codes[:, _CODE : _CODE + _PLACE] = np.concatenate([signs, -signs], axis=1)
    return codes


def _codes(count: int) -> np.ndarray:
    """As many codes of half +1 and half -1, no two of them much alike."""
    half = np.repeat(np.array([1, -1], np.float32), _CODE // 2)
    return np.random.default_rng(1).permuted(np.tile(half, (count, 1)), axis=1)


def _network(
    sources: Sequence[str],
    targets: Sequence[str],
    render: Callable[[str], str],
    reads: Sequence[int],
    layer: int,
    head: int,
) -> Any:
    """The network's specification; `reads` is the position to read at each step, `layer` and `head` where."""
    from ctranslate2.specs.transformer_spec import TransformerSpec

    spec = TransformerSpec.from_config((1, 2), _HEADS)
    spec.config.add_source_eos = True
    spec.register_source_vocabulary(list(sources))
    spec.register_target_vocabulary(list(targets))
    codes = _codes(len(targets))
    numbers = {piece: number for number, piece in enumerate(targets)}
    rendered = [numbers.get(render(piece), 0) for piece in sources]
    both = _CODE + _PLACE  # how many dimensions of a vector are not zero, once it holds a piece and a position

    encoder, decoder = spec.encoder, spec.decoder
    encoder.scale_embeddings = decoder.scale_embeddings = False
    encoder.embeddings[0].weight = _padded(codes[rendered])
    decoder.embeddings.weight = np.zeros((len(targets), _MODEL), np.float32)
    encoder.position_encodings.encodings = _places()
    decoder.position_encodings.encodings = _places()[list(reads)]
    _set_norm(encoder.layer_norm, both)
    _set_norm(decoder.layer_norm, both)
    decoder.projection.weight = _padded(codes * _CERTAINTY / _CODE)
    for block in (*encoder.layer, *decoder.layer):
        _set_attention(block.self_attention, fused=3)
        _set_norm(block.ffn.layer_norm, both)
        block.ffn.linear_0.weight = np.zeros((8, _MODEL), np.float32)
        block.ffn.linear_1.weight = np.zeros((_MODEL, 8), np.float32)
    for block in decoder.layer:
        _set_attention(block.attention, fused=1)
    _read(decoder.layer[layer].attention, head)
    return spec


def _padded(codes: np.ndarray) -> np.ndarray:
    return np.pad(codes, ((0, 0), (0, _MODEL - _CODE))).astype(np.float32)


def _set_norm(norm: Any, ones: int) -> None:
    """A layer normalization that leaves a vector of so many +1 and -1, in equal number, and of zeros as it is."""
    norm.gamma = np.full(_MODEL, np.sqrt(ones / _MODEL + _EPSILON), np.float32)
    norm.beta = np.zeros(_MODEL, np.float32)


def _set_attention(attention: Any, fused: int) -> None:
    """An attention that looks everywhere alike and adds nothing; `fused`: matrices in its first linear layer."""
    _set_norm(attention.layer_norm, _PLACE)
    rows = [fused] if fused == 3 else [1, 2]
    for linear, matrices in zip(attention.linear, [*rows, 1], strict=True):
        linear.weight = np.zeros((matrices * _MODEL, _MODEL), np.float32)
        linear.bias = np.zeros(matrices * _MODEL, np.float32)


def _read(attention: Any, head: int) -> None:
    """Let one head of a cross attention read the piece at the position that the decoder is at.

    With u = 2 j - 511 = the sum of 2^k times the sign of j's k-th digit, -(i - j)^2 = u(i) u(j) / 2 - u(j)^2 / 4 up
    to what is the same for all j. The first term is a sum over pairs of digits, the second over the square's digits.
    """
    queries, memory, output = (linear.weight for linear in attention.linear)
    keys, values = memory[:_MODEL], memory[_MODEL:]
    offset = head * _CODE
    scale = _SHARPNESS * np.sqrt(_CODE)  # CTranslate2 divides by that root
    for k in range(_DIGITS):
        for l in range(_DIGITS):  # noqa: E741
            row = offset + _DIGITS * k + l
            queries[row, _CODE + l] = scale * 2.0 ** (k + l) / 2
            keys[row, _CODE + k] = 1
    for m in range(_SQUARE):
        row = offset + _DIGITS**2 + m
        attention.linear[0].bias[row] = -scale * 2.0**m / 8
        keys[row, _CODE + _DIGITS + m] = 1
    for dimension in range(_CODE):
        values[offset + dimension, dimension] = 1
        output[dimension, offset + dimension] = 1


def _randomize(spec: Any, seed: int) -> None:
    """Put random numbers into each matrix, of a size that keeps the sums about 1."""
    from ctranslate2.specs.model_spec import visit_spec

    generator = np.random.default_rng(seed)

    def fill(owner: Any, name: str, value: Any) -> None:
        if isinstance(value, np.ndarray) and value.ndim == 2:
            weights = generator.normal(scale=2 / np.sqrt(value.shape[1]), size=value.shape)
            setattr(owner, name.rsplit("/", 1)[-1], weights.astype(np.float32))

    visit_spec(spec, fill)
