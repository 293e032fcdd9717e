"""Packages opened as engines: what suits each is found out once, kept, and found out anew where it cannot hold."""

import json
import os
import shutil

import networks
import pytest
from packages_support import EMPTY_NETWORK

from glossa import engines
from glossa.engines import Opener
from glossa.errors import PackageError
from glossa.languages import target
from glossa.model import Requirement, Span
from glossa.translation import packages, probe, routes
from glossa.translation.enforce import Task, enforce
from glossa.translation.engine import Alignment, Hypothesis, Request
from glossa.translation.marking import BARE, PLACEHOLDERS, PLAIN, Content, Marking
from glossa.translation.pivot import PivotEngine

KNOWN = "".join(rendering for own in probe._RENDERINGS.values() for rendering in own.values())
TEXT = "A cat met NATO in 2019."


def build(directory, name="one", **options):
    return networks.build(directory, name, **{"vocabulary": KNOWN, **options})


def read(path):
    return packages.read(path, bundled=False)


class Cache:
    """A place for what is remembered, and openers on it."""

    def __init__(self, directory):
        self.directory = directory
        self.environ = {"GLOSSA_CACHE_DIR": str(directory)}
        self.notices = []

    def open(self, *route, threads=1):
        """The engine for the packages in these directories, opened as by a process of its own."""
        opener = Opener(self.environ, self.directory, threads, self.notices.append)
        return opener.open(tuple(map(read, route)))

    @property
    def probed(self):
        """How often something was tried out since the last time that this was asked."""
        count = len(self.notices)
        self.notices.clear()
        return count

    @property
    def files(self):
        return sorted((self.directory / "packages").iterdir()) if (self.directory / "packages").is_dir() else []


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture(scope="module")
def copying(tmp_path_factory):
    return build(tmp_path_factory.mktemp("copying"))


@pytest.fixture
def quick(monkeypatch):
    """Probing takes no time, and finds that bare renderings and the attention that there is will do."""
    monkeypatch.setattr(probe, "probe", lambda *_: probe.Habits(BARE))
    monkeypatch.setattr(probe, "sharpness", lambda _: 1.0)


def works(engine):
    """Whether an engine brings a term in."""
    task = Task("The general came.", (Requirement(Span(4, 11), "陸軍大将"),))
    return enforce(engine, [task], target("ja"))[0].verdict.missing == ()


# What a package lets through


@pytest.mark.parametrize(
    ("behaviour", "tokenizer", "prefix", "lang", "marking"),
    [
        ("copy", "sentencepiece", "", "ja", BARE),
        ("copy", "bpe", "<2ja>", "ja", BARE),
        ("copy", "sentencepiece", "<2km>", "km", BARE),
        ("copy", "bpe", "", "km", BARE),
        ("source-only", "sentencepiece", "<2ja>", "ja", BARE),  # CTranslate2 puts the source for what it does not know
        ("source-only", "bpe", "", "km", BARE),
        ("drop", "sentencepiece", "<2ja>", "ja", PLAIN),
        ("drop", "bpe", "", "km", PLAIN),
        ("repeat", "bpe", "<2ja>", "ja", PLAIN),
        ("random", "bpe", "", "ja", PLAIN),
    ],
)
def test_the_marking_suits_the_package(tmp_path, cache, behaviour, tokenizer, prefix, lang, marking):
    path = build(tmp_path, behaviour=behaviour, tokenizer=tokenizer, target_prefix=prefix, to_code=lang)
    engine = cache.open(path)
    assert engine.marking == marking
    assert cache.notices == ["trying out what one can do (done once)"]
    assert engine.signature == engines.signature((read(path),))
    (hypotheses,) = engine.translate([Request(TEXT)], hypotheses=2)
    assert len(hypotheses) == 2
    if behaviour in ("copy", "drop", "source-only"):
        expected = "".join(networks.rendering(char, behaviour, to_code=lang) for char in TEXT if char != " ")
        assert hypotheses[0].text.replace(" ", "") == expected


def test_tags_that_come_out_again_are_not_used(tmp_path, cache):
    """The metadata may claim what the network does not do."""
    assert cache.open(build(tmp_path, term_tags=("<t>", "</t>"))).marking == BARE


@pytest.mark.parametrize("tags", [("<k>", "</k>"), ("⟦", "⟧"), ("[[", "]]")])
def test_other_tags_that_come_out_again_are_not_used(tmp_path, cache, tags):
    assert cache.open(build(tmp_path, term_tags=tags, vocabulary=KNOWN + "".join(tags))).marking == BARE


class Made:
    """An engine that makes its translation of a text by a rule, and looks where another one says."""

    def __init__(self, rule, look=lambda source, target: 0):
        self.rule = rule
        self.look = look

    def translate(self, requests, *, beam=4, hypotheses=1, penalty=1.0):
        return [(Hypothesis(self.rule(request.source), 0.0),) for request in requests]

    def align(self, pairs):
        return [self._aligned(*pair) for pair in pairs]

    def _aligned(self, source, made):
        """By characters: that of the target at i looks at that of the source at `look(source, made)` + i."""
        rows = [
            [float(j == i + self.look(source, made)) for j in range(len(source))] if source else []
            for i in range(len(made))
        ]
        return Alignment(
            tuple(Span(j, j + 1) for j in range(len(source))),
            tuple(Span(i, i + 1) for i in range(len(made))),
            tuple(map(tuple, rows)),
        )


def ascii_only(text):
    return "".join(char if char.isascii() else "ヲ" for char in text)


TAGS = Marking(Content.RENDERING, "<t>", "</t>")


@pytest.mark.parametrize("lang", ["ja", "km"])
@pytest.mark.parametrize(
    ("rule", "tags", "marking"),
    [
        (str, None, BARE),
        (str, ("<t>", "</t>"), BARE),  # the tags are left in the text
        (lambda text: text.replace("<t>", "").replace("</t>", ""), ("<t>", "</t>"), TAGS),
        (lambda text: text.replace("<t>", "").replace("</t>", ""), None, BARE),
        (ascii_only, None, PLACEHOLDERS[0]),
        (ascii_only, ("<t>", "</t>"), PLACEHOLDERS[0]),
        (lambda text: ascii_only(text).replace("[", "").replace("]", ""), None, PLACEHOLDERS[1]),
        (lambda text: ascii_only(text).translate(str.maketrans("[](){}12", "（）［］｛｝１２")), None, PLACEHOLDERS[2]),
        (lambda text: ascii_only(text).translate(str.maketrans("", "", "[](){}")), None, PLACEHOLDERS[3]),
        pytest.param(lambda text: f"{text}、{text}", None, PLAIN),
        (lambda text: text + "ヲヌネ" * 5, None, PLAIN),  # a network without end
        (lambda text: "", None, PLAIN),
        (lambda text: "はい。", None, PLAIN),
        (lambda text: text if "[" in text else ascii_only(text), None, PLACEHOLDERS[0]),
    ],
)
def test_what_comes_through_decides(rule, tags, marking, lang):
    habits = probe.probe(Made(rule), lang, tags)
    assert habits.marking == marking
    assert set(habits.carried) == {"rendering", "[number]", "(number)", "{number}", "#number"} | (
        {"<t>rendering</t>"} if tags else set()
    )
    assert all(0 <= share <= 1 for share in habits.carried.values())


def losing(lost):
    """A rule that lets no foreign script and no digit through in the first `lost` frames of the probe."""
    beginnings = tuple(frame.split("{}")[0] for frame, _ in probe._FRAMES[:lost])
    return lambda text: "ヲ" if text.startswith(beginnings) else text


def test_some_renderings_are_enough_but_few_are_not():
    """A quarter of the renderings is worth marking them; placeholders must come through more often."""
    for lost in range(1, len(probe._FRAMES) + 1):
        lose = losing(lost)
        habits = probe.probe(Made(lose), "ja", None)
        assert habits.marking == (BARE if habits.carried["rendering"] >= 0.25 else PLAIN)
        masked = probe.probe(Made(lambda text, lose=lose: ascii_only(lose(text))), "ja", None)
        assert masked.marking == (PLACEHOLDERS[0] if masked.carried["[number]"] >= 0.6 else PLAIN)


def test_numbers_that_come_through_are_counted():
    assert probe.probe(Made(str), "ja", None).numbers == 1
    assert probe.probe(Made(lambda text: ""), "ja", None).numbers == 0


def test_sharpness():
    assert probe.sharpness(Made(str)) == 1
    assert probe.sharpness(Made(str, lambda source, made: 5)) < 0.5
    assert probe.sharpness(Made(lambda text: "")) == 0
    # What copies nothing is judged by how much of the source is looked at.
    letters = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ア" * 62)
    assert probe.sharpness(Made(lambda text: text.translate(letters))) == 1
    assert probe.sharpness(Made(lambda text: "ア" * 3)) < 0.2


# Which attention a package shows


@pytest.mark.parametrize(
    ("alignment", "weight", "behaviour", "prefix", "tokenizer"),
    [
        ("trained", 1.0, "copy", "", "sentencepiece"),
        ("trained", 1.0, "drop", "<2ja>", "bpe"),
        ("elsewhere", 1.0, "copy", "<2ja>", "sentencepiece"),
        ("elsewhere", 1.0, "drop", "", "bpe"),
        ("second-head", 0.5, "copy", "<2ja>", "bpe"),
        ("second-head", 0.5, "drop", "", "sentencepiece"),
    ],
)
def test_the_attention_is_the_one_that_tells(tmp_path, cache, alignment, weight, behaviour, prefix, tokenizer):
    path = build(tmp_path, alignment=alignment, behaviour=behaviour, target_prefix=prefix, tokenizer=tokenizer)
    files = {file: file.read_bytes() for file in path.rglob("*.*")}
    for engine in (cache.open(path), cache.open(path)):  # found out, and remembered
        made = engine.translate([Request(TEXT)])[0][0].text
        (alignment_made,) = engine.align([(TEXT, made)])
        rows = alignment_made.weights
        assert len(rows) == len(alignment_made.target)
        assert [round(row[i], 1) for i, row in enumerate(rows)] == pytest.approx([weight] * len(rows), abs=0.1)
        (forced,) = engine.align([(TEXT, made + made[-1])])  # not what was decoded last
        assert [round(row[i], 1) for i, row in enumerate(forced.weights[:8])] == pytest.approx([weight] * 8, abs=0.1)
    assert cache.probed == 1
    assert {file: file.read_bytes() for file in path.rglob("*.*")} == files


# What is remembered


def test_a_package_is_probed_once(tmp_path, cache, copying):
    first = cache.open(copying)
    (file,) = cache.files
    data = json.loads(file.read_bytes())
    assert data["signature"] == first.signature
    assert cache.probed == 1
    second = cache.open(copying)
    assert cache.probed == 0
    assert second.marking == first.marking == BARE
    assert cache.files == [file]
    assert json.loads(file.read_bytes()) == data


def test_packages_are_told_apart_by_what_is_in_them(tmp_path, cache, copying):
    cache.open(copying)
    path = shutil.copytree(copying, tmp_path / "copy" / copying.name)
    cache.open(path)
    assert cache.probed == 1  # where it lies does not matter
    shutil.rmtree(path)
    build(path.parent, path.name, behaviour="drop")
    assert cache.open(path).marking == PLAIN
    assert cache.probed == 1
    assert cache.open(copying).marking == BARE
    assert cache.probed == 0
    model = path / "model" / "model.bin"
    model.write_bytes(model.read_bytes() + b"\0")
    assert cache.open(path).marking == PLAIN
    assert cache.probed == 1
    assert len(cache.files) == 3


def damaged(change):
    return lambda data: json.dumps({**json.loads(data), **change}).encode()


NONSENSE = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "binary": lambda data: bytes(range(256)),
    "null": lambda data: b"null",
    "list": lambda data: b"[]",
    "deep": lambda data: b"[" * 100_000,
    "of-old": damaged({"probe": 0}),
    "of-another": damaged({"signature": "one 1.0 000000000000"}),
    "no-heads": damaged({"heads": []}),
    "two-heads": damaged({"heads": [None, None]}),
    "odd-heads": damaged({"heads": [[1, 2, 3]]}),
    "words-for-heads": damaged({"heads": [["a", "b"]]}),
    "a-number-for-heads": damaged({"heads": 5}),
    "odd-marking": damaged({"marking": ["rendering"]}),
    "unknown-marking": damaged({"marking": ["whatever", "", ""]}),
    "no-marking": lambda data: json.dumps({k: v for k, v in json.loads(data).items() if k != "marking"}).encode(),
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", NONSENSE)
def test_what_cannot_be_used_is_found_out_anew(cache, copying, name):
    cache.open(copying)
    (file,) = cache.files
    before = file.read_bytes()
    file.write_bytes(NONSENSE[name](before))
    assert cache.open(copying).marking == BARE
    assert cache.probed == 2
    assert file.read_bytes() == before
    cache.open(copying)
    assert cache.probed == 0


HOSTILE = {
    "no-such-layer": {"heads": [[7, 1]]},  # CTranslate2 would crash
    "layer-beyond-the-first": {"heads": [[-9, 1]]},
    "layer-of-too-many-bits": {"heads": [[99_999, 1]]},
    "no-such-head": {"heads": [[0, 9]]},
    "heads-below-none": {"heads": [[0, -5]]},
    "no-end-of-layers": {"heads": [[1e999, 1]]},
    "mark-without-beginning": {"marking": ["number", "", ""]},
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_does_not_belong_to_the_package_is_found_out_anew(cache, copying, name):
    cache.open(copying)
    (file,) = cache.files
    file.write_bytes(damaged(HOSTILE[name])(file.read_bytes()))
    assert cache.open(copying).marking == BARE
    assert cache.probed == 2


@pytest.mark.usefixtures("quick")
def test_a_place_that_takes_no_files(tmp_path, cache, copying):
    cache.directory.write_text("a file")
    for _ in range(2):
        assert cache.open(copying).marking == BARE
        assert cache.probed == 1
    assert cache.directory.read_text() == "a file"


@pytest.mark.usefixtures("quick")
def test_a_directory_where_the_file_should_be(cache, copying):
    cache.open(copying)
    (file,) = cache.files
    file.unlink()
    file.mkdir()
    assert works(cache.open(copying))
    assert cache.probed == 2


# Networks, bundled and shared


def test_bundled_packages_share_their_network_and_are_not_probed(cache):
    opener = Opener(cache.environ, cache.directory, 1, cache.notices.append)
    opened = {lang: opener.open(routes.route("en", lang, {}, cache.directory)) for lang in ("km", "ja")}
    assert opened["km"]._translator is opened["ja"]._translator
    assert opened["km"].marking == opened["ja"].marking == TAGS
    assert opened["km"].signature != opened["ja"].signature
    assert works(opened["ja"])
    assert not cache.notices
    assert not cache.files


@pytest.mark.usefixtures("quick")
def test_languages_that_share_a_network_share_it_when_they_are_probed(tmp_path, cache):
    first = build(tmp_path, "one")
    second = shutil.copytree(first, tmp_path / "two")
    metadata = json.loads((second / "metadata.json").read_text())
    (second / "metadata.json").write_text(json.dumps({**metadata, "to_code": "km"}))
    opener = Opener(cache.environ, cache.directory, 1, cache.notices.append)
    assert opener.open((read(first),))._translator is opener.open((read(second),))._translator
    assert cache.notices == [f"trying out what {name} can do (done once)" for name in ("one", "two")]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("threads", [0, 1, 3])
def test_threads(cache, copying, threads):
    engine = cache.open(copying, threads=threads)
    assert engine._translator.num_translators == (threads or len(os.sched_getaffinity(0)))
    assert works(engine)


# Packages that are broken


def _rewrite(file, change):
    file.write_bytes(change(file.read_bytes()))


BREAKS = {
    "network cut": lambda path: _rewrite(path / "model" / "model.bin", lambda data: data[:-1000]),
    "network gone": lambda path: (path / "model" / "model.bin").unlink(),
    "vocabulary gone": lambda path: next((path / "model").glob("*vocabulary*")).unlink(),
    "vocabulary broken": lambda path: _rewrite(next((path / "model").glob("*vocabulary*")), lambda data: data[:-100]),
    "config broken": lambda path: (path / "model" / "config.json").write_text("[]"),
    "tokenizer gone": lambda path: next(path.glob("*.model")).unlink(),
    "tokenizer broken": lambda path: next(path.glob("*.model")).write_bytes(b"\xff\xfe nonsense"),
}


@pytest.mark.parametrize("tokenizer", ["sentencepiece", "bpe"])
@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_package(tmp_path, cache, name, tokenizer):
    path = build(tmp_path, tokenizer=tokenizer)
    BREAKS[name](path)
    with pytest.raises(PackageError, match="one"):
        cache.open(path)
    assert not cache.files


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", ["network cut", "tokenizer gone"])
def test_a_package_that_broke_after_it_was_probed(tmp_path, cache, name):
    path = build(tmp_path)
    package = read(path)
    assert package.digest  # it was whole when its signature was taken
    cache.open(path)
    BREAKS[name](path)
    with pytest.raises(PackageError, match="one"):
        Opener(cache.environ, cache.directory, 1).open((package,))


def test_a_network_without_weights(tmp_path, cache):
    path = build(tmp_path)
    (path / "model" / "model.bin").write_bytes(EMPTY_NETWORK)  # whole, as far as `packages.check` can tell
    with pytest.raises(PackageError, match="one"):
        cache.open(path)


def test_a_bpe_file_with_a_line_that_is_no_merge(tmp_path, cache):
    path = build(tmp_path, tokenizer="bpe")
    (path / "bpe.model").write_text("#version: 0.2\nnonsense\n")
    with pytest.raises(PackageError, match="one"):
        cache.open(path)


# Through a third language


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Packages from English into xx and yy, and from there into Japanese."""
    directory = tmp_path_factory.mktemp("installed")
    networks.build(directory, to_code="xx", vocabulary=KNOWN)
    networks.build(directory, from_code="xx", vocabulary=KNOWN, target_prefix="<2ja>")
    networks.build(directory, to_code="yy", vocabulary=KNOWN, tokenizer="bpe", alignment="elsewhere")
    networks.build(directory, from_code="yy", behaviour="drop", tokenizer="bpe", alignment="elsewhere")
    return directory


@pytest.mark.parametrize(("code", "marking", "weight"), [("xx", BARE, 0.9), ("yy", PLAIN, 0.9)])
def test_through_a_third_language(cache, installed, code, marking, weight):
    environ = {"ARGOS_PACKAGES_DIR": str(installed)}
    names = [f"translate-en_{code}-1_0", f"translate-{code}_ja-1_0"]
    route = routes.route("en", "ja", environ, cache.directory, "+".join(names))
    assert [package.name for package in route] == names
    notices = []
    for _ in range(2):
        engine = Opener(cache.environ, cache.directory, 1, notices.append).open(route)
        assert isinstance(engine, PivotEngine)
        assert engine.marking == marking
        assert engine.signature == engines.signature(route) == f"{route[0].signature} + {route[1].signature}"
        made = engine.translate([Request("A cat.")])[0][0].text
        assert made.replace(" ", "") == "アウアト。"
        (alignment,) = engine.align([("A cat.", made)])
        for row, token in zip(alignment.weights, alignment.target, strict=True):
            looked = max(range(len(row)), key=row.__getitem__)
            if len(token):
                assert row[looked] > weight
                assert networks.rendering(alignment.source[looked].of("A cat.")) == token.of(made)
        assert works(engine)
    assert notices == [f"trying out what {names[0]} and {names[1]} can do (done once)"]
    (file,) = cache.files
    assert json.loads(file.read_bytes())["heads"] == ([None, None] if code == "xx" else [[0, 1], [0, 1]])


def test_one_of_two_packages_is_broken(tmp_path, cache):
    first = networks.build(tmp_path, to_code="xx")
    second = networks.build(tmp_path, from_code="xx")
    BREAKS["network cut"](second)
    with pytest.raises(PackageError, match="translate-xx_ja"):
        cache.open(first, second)
