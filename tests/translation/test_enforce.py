from __future__ import annotations

from dataclasses import replace

import pytest
from engines import RuleEngine
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.languages import target
from glossa.model import Requirement, Span
from glossa.translation import repair
from glossa.translation.enforce import Outcome, Task, choose, direct, enforce
from glossa.translation.engine import Alignment, Hypothesis
from glossa.translation.marking import PLAIN, mark, of_tags
from glossa.translation.verify import verify

JA = target("ja")
SOURCE = "The general met the minister at the palace."


def requirement(term: str, rendering: str, source: str = SOURCE) -> Requirement:
    start = source.index(term)
    return Requirement(Span(start, start + len(term)), rendering, sources=(term,))


TASK = Task(
    SOURCE, (requirement("general", "大将"), requirement("minister", "国防相"), requirement("palace", "平和宮殿"))
)


def run(engine: RuleEngine, task: Task = TASK) -> Outcome:
    return enforce(engine, [task], JA)[0]


def test_annotation_puts_the_rendering_between_tags() -> None:
    text, places = mark(SOURCE, TASK.requirements, of_tags(("<t>", "</t>")))
    assert text == "The <t>大将</t> met the <t>国防相</t> at the <t>平和宮殿</t>."
    assert [place.of(text) for place in places] == ["<t>大将</t>", "<t>国防相</t>", "<t>平和宮殿</t>"]


def test_without_tags_the_source_stays() -> None:
    text, places = mark(SOURCE, TASK.requirements, PLAIN)
    assert text == SOURCE
    assert [place.of(text) for place in places] == ["general", "minister", "palace"]


def test_first_decoding() -> None:
    outcome = run(RuleEngine())
    assert outcome.stage == "decode"
    assert outcome.verdict.missing == ()
    assert not outcome.repaired


def test_another_hypothesis() -> None:
    outcome = run(RuleEngine(second=["国防相"]))
    assert outcome.stage == "n-best"
    assert "国防相" in outcome.target
    assert outcome.repaired == {1}


def test_second_decoding_from_a_forced_prefix() -> None:
    outcome = run(RuleEngine(drops=["国防相", "平和宮殿"]))
    assert outcome.stage == "prefix"
    assert outcome.verdict.missing == ()
    assert outcome.repaired == {1, 2}
    assert not outcome.forced


def test_many_terms_are_brought_in_from_left_to_right() -> None:
    words = [f"word{chr(97 + i)}" for i in range(12)]
    source = " ".join(words) + "."
    renderings = [f"用語{chr(0x4E00 + 50 * i)}" for i in range(12)]
    task = Task(source, tuple(requirement(w, r, source) for w, r in zip(words, renderings, strict=True)))
    outcome = run(RuleEngine(drops=renderings), task)
    assert outcome.stage == "prefix"
    assert outcome.verdict.missing == ()
    assert not outcome.forced


def test_replacement_at_last() -> None:
    outcome = run(RuleEngine(drops=["国防相", "平和宮殿"], deaf=True))
    assert outcome.stage == "forced"
    assert outcome.verdict.missing == ()
    assert outcome.forced == {1, 2}


def test_engines_without_tags_are_repaired() -> None:
    outcome = run(RuleEngine(tags=None))
    assert outcome.verdict.missing == ()


def test_nothing_but_terms_needs_no_engine() -> None:
    source = "Peace Palace"
    outcome = direct(Task(source, (Requirement(Span(0, 12), "平和宮殿"),)))
    assert outcome
    assert outcome.target == "平和宮殿"
    assert direct(TASK) is None


def test_progress_counts_every_task() -> None:
    counts: list[int] = []
    enforce(RuleEngine(), [TASK] * 130, JA, counts.append)
    assert sum(counts) == 130


def test_prefix_takes_back_what_was_begun() -> None:
    target = "乗員は平和に来た。"
    alignment = Alignment(
        (Span(0, 5),),
        tuple(Span(i, i + 1) for i in range(len(target))),
        tuple((1.0,) if i == 5 else (0.0,) for i in range(len(target))),
    )
    wanted = Requirement(Span(0, 5), "平和宮殿")
    assert (
        repair.prefixes(target, 0, wanted.rendering, Span(0, 5), alignment, verify(target, [wanted]), 3)[0]
        == "乗員は平和宮殿"
    )


def test_khmer_numbers_do_not_run_together() -> None:
    assert repair.joined("៣១", "១.៥០០នាក់") == "៣១ ១.៥០០នាក់"
    assert repair.joined("៣១", "នាក់") == "៣១នាក់"


def test_splice_keeps_latin_words_apart() -> None:
    target = "លោក Dutchong មកដល់"
    wanted = Requirement(Span(0, 5), "Pieter van Rooyen")
    alignment = Alignment(
        (Span(0, 5),), (Span(0, 3), Span(4, 8), Span(8, 12), Span(13, 18)), ((0.0,), (1.0,), (0.1,), (0.0,))
    )
    spliced = repair.splice(target, [wanted], [0], [Span(0, 5)], alignment, verify(target, [wanted]), "។")
    assert verify(spliced, [wanted]).missing == ()


def test_project_reaches_from_first_to_last() -> None:
    alignment = Alignment(
        (Span(0, 3), Span(4, 9)), (Span(0, 2), Span(2, 3), Span(3, 5)), ((0.1, 0.9), (0.2, 0.8), (0.9, 0.1))
    )
    assert repair.project(alignment, Span(4, 9), [], "日本国へ行") == Span(0, 3)
    assert repair.project(alignment, Span(4, 9), [Span(2, 5)], "日本国へ行") == Span(0, 5)


RENDERINGS = ["大将", "国防相", "平和宮殿", "自衛隊", "Pieter", "2022年4月29日"]


@given(
    st.lists(st.sampled_from(["general", "ministry", "palace", "came", "and", "of"]), min_size=1, max_size=10),
    st.data(),
)
@settings(deadline=None)
def test_rendered_or_reported(words: list[str], data) -> None:  # type: ignore[no-untyped-def]
    """Whatever an engine drops, every requirement is in the text or among the missing."""
    source = " ".join(words) + "."
    requirements, at = [], 0
    for word in words:
        if data.draw(st.booleans()):
            requirements.append(Requirement(Span(at, at + len(word)), data.draw(st.sampled_from(RENDERINGS))))
        at += len(word) + 1
    drops = data.draw(st.lists(st.sampled_from(RENDERINGS), max_size=4))
    engine = RuleEngine(
        drops=drops, deaf=data.draw(st.booleans()), tags=data.draw(st.sampled_from([None, ("<t>", "</t>")]))
    )
    outcome = run(engine, Task(source, tuple(requirements)))
    again = verify(outcome.target, requirements)
    assert again.missing == outcome.verdict.missing
    assert set(outcome.forced).isdisjoint(again.missing)


@pytest.mark.parametrize("text", ["", "   "])
def test_empty_decodings_are_survived(text: str) -> None:
    class Mute(RuleEngine):
        def _one(self, request, without):  # type: ignore[no-untyped-def]
            return text

    outcome = run(Mute())
    assert outcome.verdict.missing == ()
    assert outcome.stage == "forced"


def unstuttered(text: str, *renderings: str, kind: str = "term") -> str:
    wanted = [Requirement(Span(i, i + 1), rendering, kind=kind) for i, rendering in enumerate(renderings)]
    return repair.unstutter(text, wanted, verify(text, wanted))


@pytest.mark.parametrize(
    ("text", "renderings", "mended"),
    [
        ("、ママネット氏は", ["マネット"], "、マネット氏は"),
        ("UN UNの", ["UN"], "UNの"),
        ("ធនាគារ ធនាគារតាសែល", ["ធនាគារតាសែល"], "ធនាគារតាសែល"),
        ("カンボジアとカンボジア、協力", ["カンボジア"], "カンボジア、協力"),
        ("災害救合同演習と災害救援", ["合同演習", "災害救援"], "合同演習と災害救援"),
        ("កិច្ចសហប្រតិបត្តិការការពារជាតិការពារជាតិ", ["កិច្ចសហប្រតិបត្តិការការពារជាតិ"], "កិច្ចសហប្រតិបត្តិការការពារជាតិ"),
    ],
)
def test_stutters_are_taken_out(text: str, renderings: list[str], mended: str) -> None:
    assert unstuttered(text, *renderings) == mended


@pytest.mark.parametrize(
    ("text", "renderings"),
    [
        ("មេបញ្ជាការការពារព្រំដែន", ["មេបញ្ជាការ"]),
        ("ប្រតិបត្តិការការហ្វឹកហ្វឺនរួម", ["ការហ្វឹកហ្វឺនរួម"]),
        ("カンボジアアンコール遺跡", ["カンボジア"]),
        ("29日日本は", ["日本"]),
        ("日本とカンボジアは日本の", ["日本", "カンボジア", "日本"]),
    ],
)
def test_correct_text_is_left_alone(text: str, renderings: list[str]) -> None:
    assert unstuttered(text, *renderings) == text


def test_long_texts_are_translated_in_pieces() -> None:
    class Short(RuleEngine):
        def fits(self, source: str) -> bool:
            return len(source) < 40

    source = "The general met the minister, and they spoke; the army stayed at home."
    task = Task(source, (requirement("general", "大将", source), requirement("army", "陸軍", source)))
    engine = Short()
    outcome = run(engine, task)
    assert outcome.task == task
    assert outcome.verdict.missing == ()
    assert [place.of(outcome.marked) for place in outcome.places] == ["<t>大将</t>", "<t>陸軍</t>"]
    assert len(engine.decoded) > 1
    assert all(len(text) < 60 for text in engine.decoded)


def test_numbers_are_cut_off_whole() -> None:
    target = "745人が参加した。"
    spans = (Span(0, 1), Span(1, 3), Span(3, 4))
    alignment = Alignment((Span(0, 3),), spans, ((0.1,), (1.0,), (0.0,)))
    wanted = Requirement(Span(0, 3), "45")
    options = repair.prefixes(target, 0, "45", Span(0, 3), alignment, verify(target, [wanted]), 4)
    assert options == ["45"]


class Short(RuleEngine):
    """Loses the thread in anything longer than eight words."""

    def _one(self, request, without):  # type: ignore[no-untyped-def]
        words = self._pairs(request.source)
        return super()._one(request, without) if len(words) <= 8 else "ララララララララ"


def test_a_sentence_too_hard_is_cut_at_a_clause() -> None:
    source = "The general met the minister yesterday, and the army went to the palace."
    task = Task(source, (requirement("general", "大将", source), requirement("palace", "平和宮殿", source)))
    outcome = run(Short(), task)
    assert outcome.stage == "clause"
    assert outcome.verdict.missing == ()
    assert not outcome.forced
    assert [place.of(outcome.marked) for place in outcome.places] == ["general", "palace"]


class Shy(RuleEngine):
    """Loses the thread where it sees a tag, and knows no clauses."""

    def _one(self, request, without):  # type: ignore[no-untyped-def]
        return "ララララララララ" if "<t>" in request.source else super()._one(request, without)


def test_marks_that_confuse_are_left_out() -> None:
    outcome = run(Shy())
    assert outcome.stage == "unmarked"
    assert outcome.verdict.missing == ()
    assert outcome.marked == SOURCE


def test_forbidden_renderings_and_surplus_are_repaired() -> None:
    class Choosy(RuleEngine):
        def translate(self, requests, *, beam=4, hypotheses=1, penalty=1.0):  # type: ignore[no-untyped-def]
            made = super().translate(requests, beam=beam, hypotheses=hypotheses, penalty=penalty)
            return [
                tuple(Hypothesis(text, 0.0) for text in ("将軍が平和宮殿", "大将と大将が平和宮殿", each[0].text))
                for each in made
            ]

    wanted = (replace(TASK.requirements[0], forbid=("将軍",)), *TASK.requirements[1:])
    outcome = run(Choosy(), Task(SOURCE, wanted))
    assert outcome.stage == "n-best"
    assert outcome.verdict.cost == 0


def test_the_likeliest_of_the_faultless_is_chosen() -> None:
    hypotheses = [
        Hypothesis("大将", -0.1),
        Hypothesis("大将国防相x平和宮殿", -0.2),
        Hypothesis("大将は国防相と平和宮殿", -0.3),
    ]
    first, best = choose(TASK, hypotheses, PLAIN)
    assert first.text == "大将"
    assert best.text == "大将は国防相と平和宮殿"  # the second runs two renderings together
