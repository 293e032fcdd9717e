"""`model.bin` read without CTranslate2: whether it is whole, which attention it could show, and how to show another."""

import io
import struct

import ctranslate2
import networks
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages_support import EMPTY_NETWORK

from glossa.translation import packages
from glossa.translation.network import Heads, check, choices, showing

LAYER, HEADS = "decoder/alignment_layer", "decoder/alignment_heads"
FORMS = {1: "<b", 2: "<h", 3: "<i"}


def variable(name, data=b"", kind=0, dimensions=0):
    """One variable as CTranslate2 writes it."""
    encoded = name.encode() + b"\0"
    head = struct.pack("<H", len(encoded)) + encoded + struct.pack("<B", dimensions) + bytes(4 * dimensions)
    return head + struct.pack("<BI", kind, len(data)) + data


def number(name, value, kind=2):
    return variable(name, struct.pack(FORMS[kind], value), kind)


def network(variables, aliases=(), version=6):
    """A whole file of these variables."""
    spec = b"TransformerSpec\0"
    head = struct.pack("<IH", version, len(spec)) + spec + struct.pack("<II", 7, len(variables))
    pairs = [struct.pack("<H", len(name)) + name for pair in aliases for name in pair]
    return head + b"".join(variables) + struct.pack("<I", len(aliases)) + b"".join(pairs)


SMALL = network(
    [
        variable("encoder/embeddings_0/weight", bytes(24), 0, 2),
        number("decoder/num_heads", 8, 1),
        number(LAYER, -1),
        variable("decoder/layer_0/attention/linear_0/weight", bytes(9), 1, 2),
        variable("decoder/layer_1/ffn/linear_0/bias", bytes(8), 0, 1),
        number(HEADS, 1),
    ],
    [(b"decoder/projection/weight\0", b"encoder/embeddings_0/weight\0")],
)


class Whole(bytes):
    """A file in memory that is not printed in full where a test fails."""

    def __repr__(self):
        return f"{len(self)} bytes"


@pytest.fixture(scope="module", params=["translate-en_ja-1_0", "trained", "second-head", "source-only"])
def whole(request, tmp_path_factory):
    """The bytes of a real network: the bundled one, and some made by hand."""
    if request.param.startswith("translate"):
        return Whole((packages.BUNDLED / request.param / "model" / "model.bin").read_bytes())
    options = {"behaviour" if request.param == "source-only" else "alignment": request.param}
    return Whole((networks.build(tmp_path_factory.mktemp("network"), **options) / "model" / "model.bin").read_bytes())


def test_real_networks(whole):
    assert check(io.BytesIO(whole)) == 6
    assert choices(io.BytesIO(whole)) == [Heads(layer, heads) for layer in (1, 0) for heads in (1, 2, 0)]


@settings(max_examples=25, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True))
def test_real_networks_cut_anywhere(whole, at):
    cut = Whole(whole[: int(at * len(whole))])
    with pytest.raises(struct.error):
        check(io.BytesIO(cut))
    for read in (choices, lambda stream: showing(stream, Heads(0, 1))):
        try:
            read(io.BytesIO(cut))
        except struct.error:
            continue
        assert len(cut) > len(whole) - 10_000  # of the aliases at the end these two need none


def test_real_networks_cut_at_their_end(whole):
    for length in range(len(whole) - 60, len(whole)):
        with pytest.raises(struct.error):
            check(io.BytesIO(whole[:length]))


def test_a_small_network_cut_anywhere():
    assert check(io.BytesIO(SMALL)) == 6
    for length in range(len(SMALL)):
        with pytest.raises(struct.error):
            check(io.BytesIO(SMALL[:length]))
        for read in (choices, lambda stream: showing(stream, Heads(0, 2))):
            try:
                read(io.BytesIO(SMALL[:length]))
            except struct.error:
                continue
            assert length >= SMALL.index(b"decoder/projection") - 6  # only the aliases are cut: these two need none


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_is_a_struct_error_or_nothing(data):
    damaged = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    for read in (check, choices):
        try:
            found = read(io.BytesIO(damaged))
        except struct.error:
            continue
        assert isinstance(found, int) or len(found) < 1000


@given(st.binary(max_size=60))
def test_any_bytes_are_a_struct_error_or_nothing(data):
    for start in (b"", struct.pack("<I", 6), SMALL[:60]):
        for read in (check, choices):
            try:
                read(io.BytesIO(start + data))
            except struct.error:
                continue


def test_showing_changes_only_the_two_values(whole):
    where = {}
    for name in (LAYER, HEADS):
        key = struct.pack("<H", len(name) + 1) + name.encode() + b"\0"
        assert whole.count(key) == 1
        where[name] = whole.index(key) + len(key) + 6  # behind the number of dimensions, the type and the length
    for heads in choices(io.BytesIO(whole)):
        made = showing(io.BytesIO(whole), heads)
        assert struct.unpack_from("<h", made, where[LAYER]) == (heads.layer,)
        assert struct.unpack_from("<h", made, where[HEADS]) == (heads.heads,)
        back = bytearray(made)
        for at in where.values():
            back[at : at + 2] = whole[at : at + 2]
        assert back == whole
        assert choices(io.BytesIO(made)) == choices(io.BytesIO(whole))
        assert showing(io.BytesIO(made), Heads()) == whole  # what they were: the first head of the last layer


@pytest.mark.parametrize("alignment", networks.ALIGNMENTS)
def test_one_of_the_choices_is_the_one_that_reads(tmp_path, alignment):
    path = networks.build(tmp_path, alignment=alignment)
    files = {file.name: file.read_bytes() for file in (path / "model").iterdir()}
    tokens = [*packages.tokenizer(packages.read(path, bundled=False)).encode("a cat"), "</s>"]
    sharp = {}
    for heads in choices(io.BytesIO(files["model.bin"])):
        shown = {**files, "model.bin": showing(io.BytesIO(files["model.bin"]), heads)}
        translator = ctranslate2.Translator("", files=shown, intra_threads=1)
        (result,) = translator.translate_batch([tokens[:-1]], return_attention=True)
        sharp[heads] = min(row[i] for i, row in enumerate(result.attention[0]))
    best = {"trained": Heads(1, 1), "elsewhere": Heads(0, 1), "second-head": Heads(0, 2)}[alignment]
    assert max(sharp, key=sharp.get) == best
    assert sharp[best] > (0.45 if alignment == "second-head" else 0.99)


names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(
    st.lists(st.tuples(names, st.binary(max_size=12), st.integers(0, 5), st.integers(0, 4)), max_size=8),
    st.lists(st.tuples(st.binary(max_size=6), st.binary(max_size=6)), max_size=3),
    st.integers(4, 6),
    st.integers(1, 40),
)
def test_whatever_the_variables(variables, aliases, version, cut):
    data = network([variable(*each) for each in variables], aliases, version)
    assert check(io.BytesIO(data)) == version
    assert choices(io.BytesIO(data)) == []
    assert check(io.BytesIO(data + b"more")) == version  # what CTranslate2 does not read harms nobody
    with pytest.raises(struct.error):
        check(io.BytesIO(data[: max(0, len(data) - cut)]))


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize(("count", "heads"), [(1, [1, 0]), (2, [1, 2, 0]), (16, [1, 2, 0]), (0, [0])])
def test_the_number_of_heads(kind, count, heads):
    found = choices(io.BytesIO(small(number("decoder/num_heads", count, kind))))
    assert found == [Heads(layer, each) for layer in (1, 0) for each in heads]


def small(*more, layer=None, heads=None):
    layers = [variable("decoder/layer_1/x", bytes(4)), variable("decoder/layer_0/x", bytes(4))]
    return network([layer or number(LAYER, -1), *layers, heads or number(HEADS, 1), *more])


@pytest.mark.parametrize(
    "data",
    [
        EMPTY_NETWORK,
        struct.pack("<I", 3),  # older and newer layouts are not known
        struct.pack("<I", 7) + b"whatever",
        network([number(LAYER, -1), variable("decoder/layer_0/x")]),
        small(number("decoder/num_heads", 4, 1), layer=number(LAYER, -1, 3)),
        small(number("decoder/num_heads", 4, 1), heads=number(HEADS, 1, 1)),
        network([number(LAYER, -1), number(HEADS, 1), number("decoder/num_heads", 4, 1)]),  # no layer
        network([number("x" + LAYER, -1), number(HEADS, 1), variable("decoder/layer_0/x")]),
    ],
)
def test_no_choices_where_the_file_does_not_say(data):
    assert choices(io.BytesIO(data)) == []


@pytest.mark.parametrize("version", [0, 1, 3, 7, 2**32 - 1])
def test_layouts_that_are_not_known_are_for_ctranslate2_to_judge(version):
    assert check(io.BytesIO(struct.pack("<I", version) + b"whatever")) == version


def test_more_variables_than_any_network_has_are_refused():
    data = bytearray(EMPTY_NETWORK)
    struct.pack_into("<I", data, 26, 2**32 - 1)
    with pytest.raises(struct.error):
        check(io.BytesIO(data))


def test_a_length_beyond_the_end_is_refused_without_reading_it():
    data = network([variable("x", b"1234", 1)])
    for length in (5 + 4, 2**31, 2**32 - 1):
        damaged = data.replace(struct.pack("<I", 4) + b"1234", struct.pack("<I", length) + b"1234")
        with pytest.raises(struct.error):
            check(io.BytesIO(damaged))


# CTranslate2 takes the layers that follow one another from 0 on, and crashes when asked for another one's attention.


@pytest.mark.parametrize("layer", ["3", "70000", "9" * 5000])
def test_a_stray_layer_is_no_choice(layer):
    more = [number("decoder/num_heads", 4, 1), variable(f"decoder/layer_{layer}/x")]
    assert {heads.layer for heads in choices(io.BytesIO(small(*more)))} == {0, 1}
