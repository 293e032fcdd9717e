"""The hand-made networks of the tests do what they say, and where CTranslate2 looks for the alignment."""

import json
import os
import random
import struct
import subprocess
import sys
import time

import ctranslate2
import networks
import numpy as np
import pytest
import sentencepiece  # noqa: F401  loaded here, so that the time to build a package is not that of the import
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.translation import packages

SOURCE = "The cat sat on [X1] <t>京都</t>, 35 of (a)."
KINDS = [(tokenizer, prefix) for tokenizer in ("sentencepiece", "bpe") for prefix in ("", "<2ja>")]


class Opened:
    """A package, its tokenizer and its network; `files` replaces what lies in its model directory."""

    def __init__(self, path, compute_type="default", files=None):
        self.package = packages.read(path, bundled=False)
        packages.check(self.package)
        self.tokenizer = packages.tokenizer(self.package)
        self.prefix = [self.package.target_prefix] if self.package.target_prefix else []
        self.translator = ctranslate2.Translator(
            str(path / "model"), compute_type=compute_type, intra_threads=1, **({"files": files} if files else {})
        )

    def result(self, source, prefix=(), **options):
        """Pieces in, CTranslate2's result out."""
        forced = [[*self.prefix, *prefix]] if self.prefix or prefix else None
        return self.translator.translate_batch([source], target_prefix=forced, **options)[0]

    def pieces(self, source, prefix=(), **options):
        """The pieces of the best hypothesis for a text, without the target prefix."""
        found = self.result(self.tokenizer.encode(source), prefix, **options).hypotheses[0]
        assert found[: len(self.prefix)] == self.prefix
        return found[len(self.prefix) :]

    def text(self, source, **options):
        return self.tokenizer.decode(self.pieces(source, **options))

    def attention(self, source, **options):
        """One row for each piece of the target, its prefix left out."""
        pieces = self.tokenizer.encode(source)
        rows = self.result(pieces, return_attention=True, **options).attention[0][len(self.prefix) :]
        assert {len(row) for row in rows} == {len(pieces)}
        return np.array(rows)


def build(path, name=None, **options):
    return networks.build(path, name, **{"vocabulary": "京都東", **options})


@pytest.fixture(scope="module")
def copying(tmp_path_factory):
    return Opened(build(tmp_path_factory.mktemp("copying"), target_prefix="<2ja>"))


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("tokenizer", "prefix"), KINDS)
@pytest.mark.parametrize("behaviour", ["copy", "drop"])
def test_each_piece_becomes_its_rendering(tmp_path, behaviour, tokenizer, prefix, beam):
    opened = Opened(build(tmp_path, behaviour=behaviour, tokenizer=tokenizer, target_prefix=prefix))
    source = opened.tokenizer.encode(SOURCE)
    assert opened.pieces(SOURCE, beam_size=beam) == [networks.rendering(piece, behaviour) for piece in source]
    expected = {
        ("copy", "sentencepiece"): "トクオ ウアト テアト ソセ [ネ1] <ト>京都</ト>、 35 ソカ (ア)。",
        ("copy", "bpe"): "トクオウアトテアトソセ [ネ1] < ト > 京都 < / ト > 、 35 ソカ (ア) 。",
        ("drop", "sentencepiece"): "トクオ ウアト テアト ソセ ヲネヲヲ ヲトヲヲヲヲヲトヲ、 ヲヲ ソカ ヲアヲ。",
        ("drop", "bpe"): "トクオウアトテアトソセヲネヲヲヲトヲヲヲヲヲトヲ、ヲヲソカヲアヲ。",
    }
    assert opened.text(SOURCE, beam_size=beam) == expected[behaviour, tokenizer]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("abcXYZ .,?!0123[](){}<>&'\"|@_-アンあ京都「」。ヲ"), min_size=1, max_size=40))
def test_any_text_is_copied(copying, text):
    source = copying.tokenizer.encode(text)
    if source:
        assert copying.pieces(text, beam_size=1) == [networks.rendering(piece) for piece in source]


@settings(max_examples=30, deadline=None)
@given(
    st.text(st.sampled_from("ab cdE[3]京都アン"), max_size=20), st.text(st.sampled_from("東京京都アabc"), max_size=30)
)
def test_after_a_forced_prefix_the_rest_follows_by_position(copying, text, prefix):
    source = copying.tokenizer.encode(text)
    forced = copying.tokenizer.encode(prefix) if prefix else []
    if source:
        expected = forced + [networks.rendering(piece) for piece in source[len(forced) :]]
        assert copying.pieces(text, forced, beam_size=2) == expected


def test_long_sources_are_read_to_their_end(copying):
    text = "".join(random.Random(3).choices("abcdefgh0123", k=500))
    source = copying.tokenizer.encode(text)
    found = copying.pieces(text, beam_size=1, max_decoding_length=networks.POSITIONS)
    assert found == [networks.rendering(piece) for piece in source]
    assert (copying.attention(text, beam_size=1, max_decoding_length=networks.POSITIONS).max(axis=1) > 0.99).all()


def test_many_characters_are_told_apart(tmp_path):
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    opened = Opened(build(tmp_path, vocabulary=many), "int8")
    for start in range(0, len(many), 400):
        text = many[start : start + 400]
        assert opened.text(text, beam_size=1, max_decoding_length=networks.POSITIONS) == text


def test_batches_and_beams_change_nothing(copying):
    texts = ["a", "The cat.", SOURCE, "京都 and 東京"]
    sources = [copying.tokenizer.encode(text) for text in texts]
    results = copying.translator.translate_batch(sources, target_prefix=[["<2ja>"]] * 4, beam_size=4, num_hypotheses=4)
    for source, result in zip(sources, results, strict=True):
        assert result.hypotheses[0][1:] == [networks.rendering(piece) for piece in source]
        assert len({tuple(hypothesis) for hypothesis in result.hypotheses}) == 4


@pytest.mark.parametrize("behaviour", ["copy", "drop"])
def test_the_same_at_each_compute_type(tmp_path, behaviour):
    path = build(tmp_path, behaviour=behaviour)
    types = ctranslate2.get_supported_compute_types("cpu") & {"float32", "int8", "int8_float32"}
    assert {Opened(path, compute_type).text(SOURCE) for compute_type in types} == {Opened(path).text(SOURCE)}


def test_its_own_translation_is_the_likely_one(copying):
    source = copying.tokenizer.encode("a cat")
    right = ["<2ja>", *copying.pieces("a cat")]
    wrong = [*right[:-1], "ン"]
    scores = copying.translator.score_batch([source] * 2, [right, wrong])
    assert sum(scores[0].log_probs[1:]) > -0.01  # the target prefix itself is expected by no network here
    assert scores[1].log_probs[-2] < -10


def test_khmer(tmp_path):
    opened = Opened(build(tmp_path, to_code="km", target_prefix="<2km>"))
    assert opened.package.name == "translate-en_km-1_0"
    assert opened.package.argospm_name == "translate-en_km"
    letters = networks.script("km").letters
    assert opened.text("ab, [5] ភ្នំពេញ z.") == f"{letters[:2]}, [5] ភ្នំពេញ {letters[25]}។"
    dropping = Opened(build(tmp_path / "drop", to_code="km", behaviour="drop"))
    assert dropping.text("ab, [5] ភ្នំ.") == f"{letters[:2]}, ឡឡឡ ឡឡឡឡ។"


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("tokenizer", "prefix"), KINDS)
def test_repeat_goes_on_as_long_as_it_may(tmp_path, tokenizer, prefix, beam):
    opened = Opened(build(tmp_path, tokenizer=tokenizer, target_prefix=prefix, behaviour="repeat"))
    before = [networks.rendering(piece) for piece in opened.tokenizer.encode(SOURCE)][: networks.STUCK_AT + 1]
    for penalty in (1, 1.2):
        found = opened.pieces(SOURCE, beam_size=beam, max_decoding_length=90, repetition_penalty=penalty)
        assert found == before + before[-1:] * (90 - len(opened.prefix) - len(before))
    short = opened.tokenizer.encode("Oh!")
    assert len(short) < networks.STUCK_AT
    assert opened.pieces("Oh!", beam_size=beam) == [networks.rendering(piece) for piece in short]


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("tokenizer", "prefix"), KINDS)
def test_random_is_nonsense_but_the_same_each_time(tmp_path, tokenizer, prefix, beam):
    def made(name, seed):
        kind = {"tokenizer": tokenizer, "target_prefix": prefix}
        opened = Opened(build(tmp_path, name, behaviour="random", seed=seed, **kind))
        return opened.pieces(SOURCE, beam_size=beam, max_decoding_length=80)

    first = made("a", 1)
    assert first == made("b", 1) != made("c", 2)
    assert not {"京", "都", "京@@", "都@@"} & set(first)


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("tokenizer", "prefix"), KINDS)
def test_source_only_knows_no_target_script_in_a_source(tmp_path, tokenizer, prefix, beam):
    opened = Opened(build(tmp_path, tokenizer=tokenizer, target_prefix=prefix, behaviour="source-only"))
    vocabularies = [json.loads(file.read_text()) for file in sorted((opened.package.path / "model").glob("*_voc*"))]
    assert len(vocabularies) == 2
    source, target = ({piece.removesuffix("@@") for piece in pieces} for pieces in vocabularies)
    assert {"a", "A", "5", "["} <= source
    assert not source & {"京", "ア", "。"}
    assert {"5", "[", "京", "ア", "。"} <= target
    assert not target & {"a", "A"}

    pieces = opened.tokenizer.encode(SOURCE)
    expected = ["<unk>" if piece in "京都" else networks.rendering(piece) for piece in pieces]
    assert expected.count("<unk>") == 2
    assert opened.pieces(SOURCE, beam_size=beam) == expected
    forced = opened.tokenizer.encode("東ab")
    found = opened.pieces(SOURCE, forced, beam_size=beam)
    at = forced.index("東")
    assert found[at] == "東"
    assert found[at + 1 : at + 3] == ["<unk>", "<unk>"]
    assert found[len(forced) :] == expected[len(forced) :]


def test_a_pivot_comes_to_the_same(tmp_path):
    first = Opened(build(tmp_path, to_code="ru"))
    second = Opened(build(tmp_path, from_code="ru", tokenizer="bpe"))
    assert [first.package.name, second.package.name] == ["translate-en_ru-1_0", "translate-ru_ja-1_0"]
    middle = first.text("The Cat [5] 京都.")
    assert middle == "узд вау [5] 京都."
    assert second.text(middle) == "トクオウアト [5] 京都。"


def one_hot(rows):
    """Whether target piece i looks at source piece i alone."""
    return bool((np.abs(rows - np.eye(len(rows))) < 1e-4).all())


@pytest.mark.parametrize("compute_type", ["float32", "int8"])
@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("tokenizer", "prefix"), KINDS)
@pytest.mark.parametrize("alignment", networks.ALIGNMENTS)
def test_attention(tmp_path, alignment, tokenizer, prefix, beam, compute_type):
    path = build(tmp_path, tokenizer=tokenizer, target_prefix=prefix, alignment=alignment)
    opened = Opened(path, compute_type)
    assert opened.pieces(SOURCE) == [networks.rendering(piece) for piece in opened.tokenizer.encode(SOURCE)]
    rows = opened.attention(SOURCE, beam_size=beam)
    assert one_hot(rows) == (alignment == "trained")
    if alignment != "trained":  # as much for each piece as for the source's end, which is not returned
        assert np.allclose(rows, 1 / (len(rows) + 1))


def patched(path, layer, heads):
    """The files of the model with other alignment heads.

    A variable of model.bin is the length of its name, the name and a NUL, the number of its dimensions (0), its type
    (2, 16-bit integers), the number of its bytes and these bytes.
    """
    files = {file.name: file.read_bytes() for file in (path / "model").iterdir()}
    network = bytearray(files["model.bin"])
    for name, value in ((b"decoder/alignment_layer\0", layer), (b"decoder/alignment_heads\0", heads)):
        key = struct.pack("<H", len(name)) + name
        assert network.count(key) == 1
        at = network.index(key) + len(key)
        assert struct.unpack_from("<BBIh", network, at) in ((0, 2, 2, -1), (0, 2, 2, 1))
        struct.pack_into("<h", network, at + 6, value)
    return {**files, "model.bin": bytes(network)}


@pytest.mark.parametrize(
    ("alignment", "layer", "heads", "share"),
    [
        ("elsewhere", 0, 1, 1.0),
        ("elsewhere", -2, 1, 1.0),  # counted from the last layer
        ("elsewhere", 0, 2, 0.5),  # the mean of the first two heads
        ("elsewhere", 0, 0, 0.5),  # the mean of all
        ("elsewhere", 1, 1, 0.0),
        ("second-head", 0, 1, 0.0),
        ("second-head", 0, 2, 0.5),
        ("second-head", -2, 0, 0.5),
        ("trained", 1, 1, 1.0),
        ("trained", 1, 0, 0.5),
        ("trained", 0, 1, 0.0),
    ],
)
@pytest.mark.parametrize("prefix", ["", "<2ja>"])
def test_other_heads_are_returned_once_two_values_are_changed(tmp_path, alignment, layer, heads, share, prefix):
    path = build(tmp_path, target_prefix=prefix, alignment=alignment)
    before = {file: file.read_bytes() for file in path.rglob("*.*")}
    opened = Opened(path, "int8", patched(path, layer, heads))
    for beam in (1, 4):
        rows = opened.attention(SOURCE, beam_size=beam)
        everywhere = np.full(rows.shape, 1 / (len(rows) + 1))
        assert np.allclose(rows, share * np.eye(len(rows)) + (1 - share) * everywhere, atol=1e-4)
    assert opened.text(SOURCE) == Opened(path).text(SOURCE)
    assert {file: file.read_bytes() for file in path.rglob("*.*")} == before


def test_argostranslate_opens_them(tmp_path):
    kinds = {"copy": {}, "bpe": {"tokenizer": "bpe", "target_prefix": "<2ja>"}, "only": {"behaviour": "source-only"}}
    paths = [str(build(tmp_path / "packages", name, **options)) for name, options in kinds.items()]
    code = """
import sys
from pathlib import Path
import ctranslate2
from argostranslate.package import Package
from argostranslate.translate import apply_packaged_translation
class Sentences:
    def split_sentences(self, text):
        return [text]
for path in map(Path, sys.argv[1:]):
    translator = ctranslate2.Translator(str(path / "model"))
    print(apply_packaged_translation(Package(path), "A cat: 京都.", translator, Sentences(), 1)[0].value)
"""
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code, *paths], env=environ, capture_output=True, text=True, check=True)
    # It has CTranslate2 put the source piece where a target piece is unknown.
    assert done.stdout.splitlines() == [
        "ア ウアト: 京都。",
        "アウアト: 京都。",
        "ア ウアト: 京都。",
    ]


def test_tags_are_claimed_only_when_asked_for(tmp_path):
    plain = Opened(build(tmp_path, target_prefix="<2ja>"))
    assert "glossa" not in json.loads((plain.package.path / "metadata.json").read_text())
    assert plain.package.term_tags is None
    tagged = Opened(build(tmp_path, version="2.0", term_tags=("<t>", "</t>")))
    assert (tagged.package.name, tagged.package.version) == ("translate-en_ja-2_0", "2.0")
    assert tagged.package.term_tags == ("<t>", "</t>")
    assert tagged.text("a <t>京都</t>") == "ア <t>京都</t>"


def test_a_package_takes_a_moment_to_build(tmp_path):
    for tokenizer in ("sentencepiece", "bpe"):
        for behaviour in networks.BEHAVIOURS:
            start = time.perf_counter()
            path = build(tmp_path, f"{tokenizer}-{behaviour}", tokenizer=tokenizer, behaviour=behaviour)
            assert time.perf_counter() - start < 1
            assert sum(file.stat().st_size for file in path.rglob("*.*")) < 10_000_000


@pytest.mark.parametrize("wrong", [{"behaviour": "x"}, {"alignment": "x"}, {"tokenizer": "x"}])
def test_what_it_does_not_know_is_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match="x"):
        networks.build(tmp_path, **wrong)
    assert list(tmp_path.iterdir()) == []
