from __future__ import annotations

from collections.abc import Mapping

from engines import RuleEngine, kana

from glossa import languages, pipeline
from glossa.catalogs import drafts
from glossa.catalogs.drafts import Draft, KeptSegment
from glossa.model import Document, Kind, Origin, Severity, Status, Term, Translation
from glossa.pipeline import Article
from glossa.terms.match import Matcher
from glossa.text import documents
from glossa.translation.plan import Style

STYLE = Style(languages.target("ja"))


def term(source: str, target: str, kind: Kind = Kind.TERM) -> Term:
    return Term(source, kind, target, "ja", Status.APPROVED)


PALACE = term("Peace Palace", "平和宮殿", Kind.INSTITUTION)
EXERCISE = term("joint exercise", "合同演習")


def document(text: str, name: str = "a.txt") -> Document:
    return documents.read(text.encode(), name)


def translate(
    doc: Document,
    *terms: Term,
    engine: RuleEngine | None = None,
    entries: Mapping[str, drafts.Entry] | None = None,
) -> tuple[Translation, ...]:
    engine = engine or RuleEngine()
    (result,) = pipeline.translate(
        [Article(doc, entries or {})], Matcher(terms), STYLE, engine.signature, lambda: engine
    )
    return result


def catalogue(doc: Document, translations: tuple[Translation, ...]) -> Mapping[str, drafts.Entry]:
    segments = pipeline.catalogue_segments(Article(doc, {}), translations)
    return drafts.state(drafts.merge(None, segments, "ja", "a", "2026-01-01 00:00+0000"))


def test_terms_are_in_the_target() -> None:
    (translation,) = translate(document("They met at the Peace Palace."), PALACE)
    assert "平和宮殿" in translation.target
    assert translation.target.endswith("。")
    assert translation.origin is Origin.MACHINE
    assert translation.findings == ()


def test_a_line_of_terms_needs_no_engine() -> None:
    def no_engine() -> RuleEngine:
        raise AssertionError

    article = Article(document("Peace Palace"), {})
    ((translation,),) = pipeline.translate([article], Matcher([PALACE]), STYLE, "rules 1", no_engine)
    assert translation.target == "平和宮殿"


def test_what_cannot_be_rendered_is_an_error() -> None:
    # The rendering is lost when the text is finished: a term whose rendering is an annotation tag cannot survive.
    (translation,) = translate(document("They met at the Peace Palace."), term("Peace Palace", "<t>"))
    assert [finding.code for finding in translation.findings if finding.severity is Severity.ERROR] == ["term-missing"]
    count = pipeline.count_terms([translation])
    assert (count.required, count.rendered, count.missing) == (1, 0, 1)


def test_force_is_reported() -> None:
    (translation,) = translate(
        document("They met at the Peace Palace."), PALACE, engine=RuleEngine(drops=["平和宮殿"], deaf=True)
    )
    assert [(f.code, f.severity) for f in translation.findings if f.code == "term-forced"] == [
        ("term-forced", Severity.WARNING)
    ]
    assert pipeline.count_terms([translation]).forced == 1


def test_drafts_are_used_again() -> None:
    doc = document("They met at the Peace Palace. A joint exercise began.")
    entries = catalogue(doc, translate(doc, PALACE))
    engine = RuleEngine()
    again = translate(doc, PALACE, engine=engine, entries=entries)
    assert [t.origin for t in again] == [Origin.DRAFT, Origin.DRAFT]
    assert engine.decoded == []


def test_a_new_term_touches_only_its_segments() -> None:
    doc = document("They met at the Peace Palace. A joint exercise began.")
    entries = catalogue(doc, translate(doc, PALACE))
    engine = RuleEngine()
    again = translate(doc, PALACE, EXERCISE, engine=engine, entries=entries)
    assert [t.origin for t in again] == [Origin.DRAFT, Origin.MACHINE]
    assert "合同演習" in again[1].target


def test_a_reviewed_entry_is_used_as_it_is() -> None:
    doc = document("They met at the Peace Palace.")
    entry = drafts.Entry(doc.segments[0].text, "平和の宮殿で。", True, False, "", (), None)  # noqa: FBT003
    engine = RuleEngine()
    (translation,) = translate(doc, PALACE, engine=engine, entries={entry.source: entry})
    assert translation.target == "平和の宮殿で。"
    assert translation.origin is Origin.REVIEWED
    assert [finding.code for finding in translation.findings] == ["term-missing"]  # never a silent miss
    assert engine.decoded == []
    segments = pipeline.catalogue_segments(Article(doc, {}), (translation,))
    assert isinstance(segments[0], KeptSegment)


def test_a_sentence_that_comes_twice_is_translated_once() -> None:
    doc = document("They met again.\n\nThey met again.\n")
    engine = RuleEngine()
    translations = translate(doc, engine=engine)
    assert engine.decoded == ["They met again."]
    assert [t.segment_id for t in translations] == [0, 1]
    assert translations[0].target == translations[1].target


def test_many_articles_are_decoded_together() -> None:
    docs = [document(f"Sentence number {i} stands here.", f"{i}.txt") for i in range(5)]
    engine = RuleEngine()
    results = pipeline.translate(
        [Article(doc, {}) for doc in docs], Matcher([]), STYLE, engine.signature, lambda: engine
    )
    assert [len(result) for result in results] == [1] * 5


def test_emphasis_and_links_survive() -> None:
    doc = document("They met at the [Peace Palace](https://example.org) *yesterday*.", "a.md")
    (translation,) = translate(doc, PALACE)
    assert "[平和宮殿](https://example.org)" in translation.target
    assert f"*{kana('yesterday')}*" in translation.target


def test_code_is_copied() -> None:
    doc = document("Run `glossa init` first.", "a.md")
    (translation,) = translate(doc)
    assert "`glossa init`" in translation.target


def test_the_catalogue_records_how_a_draft_was_made() -> None:
    doc = document("They met at the Peace Palace.")
    (translation,) = translate(doc, PALACE)
    (draft,) = pipeline.catalogue_segments(Article(doc, {}), (translation,))
    assert isinstance(draft, Draft)
    assert draft.terms == (("Peace Palace", "平和宮殿"),)
    assert draft.engine == "rules 1"
    assert draft.references == ("a.txt:1",)


def test_a_sentence_that_stands_again_answers_for_itself() -> None:
    """Planned anew at each place: who Manet is was not known the first time."""
    manet = term("Hun Manet", "フン・マネット", Kind.PERSON)
    doc = document("Manet spoke.\n\nHun Manet came.\n\nManet spoke.\n")
    first, _, again = translate(doc, manet)
    assert "マネット" in first.target
    assert first.target == again.target
    entries = catalogue(doc, (first, _, again))
    assert [t.origin for t in translate(doc, manet, entries=entries)] == [Origin.DRAFT] * 3


def test_an_empty_translation_is_an_error() -> None:
    class Mute(RuleEngine):
        def _one(self, request, without):  # type: ignore[no-untyped-def]
            return ""

    (translation,) = translate(document("The minister went home."), engine=Mute())
    assert [f.code for f in translation.findings if f.severity is Severity.ERROR] == ["empty"]


def test_words_from_nowhere_are_a_warning() -> None:
    class Talkative(RuleEngine):
        def _one(self, request, without):  # type: ignore[no-untyped-def]
            return "ELCDMの人々"

    (translation,) = translate(document("The people went home."), engine=Talkative())
    assert ("latin-added", "not in the source: ELCDM") in [(f.code, f.message) for f in translation.findings]
