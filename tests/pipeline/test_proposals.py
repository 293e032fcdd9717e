from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from engines import RuleEngine

from glossa import proposals
from glossa.errors import DataError, PackageError
from glossa.model import Candidate, Kind, Proposal, Status, Term
from glossa.translation import routes
from glossa.workspace import Config, Workspace


def candidate(text: str, kind: Kind = Kind.INSTITUTION, **facts: Any) -> Candidate:
    return Candidate(text, kind, 1, 1, 0.5, **facts)


def term(source: str, target: str, kind: Kind = Kind.INSTITUTION) -> Term:
    return Term(source, kind, target, "ja", Status.APPROVED)


class Careful(RuleEngine):
    """Says how likely a rendering is by a table: by term, how much less likely it is for anything else."""

    def __init__(self, scores: Mapping[str, float]) -> None:
        super().__init__()
        self.scores = scores
        self.asked: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += pairs
        return [self.scores.get(source, -3.0) for source, _ in pairs]


class FakeOpener:
    def __init__(self, engine: RuleEngine) -> None:
        self.engine = engine
        self.opened = 0

    def open(self, route: object) -> RuleEngine:
        self.opened += 1
        return self.engine


PACKAGE = SimpleNamespace(argospm_name="translate-en_ja", version="1.0", signature="rules 1")


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "route", lambda *_: (PACKAGE,))


def ask(
    candidates: list[Candidate],
    terms: Sequence[Term] = (),
    root: Path | None = None,
    opener: FakeOpener | None = None,
    **more: Any,
) -> Mapping[tuple[Kind, str], Proposal]:
    workspace = Workspace(root, Config())
    return proposals.propose_all(
        candidates,
        {"ja": terms},
        workspace,
        ["ja"],
        opener=opener,  # type: ignore[arg-type]
        environ={},
        home=Path("nowhere"),
        **more,
    )["ja"]


def write(root: Path, name: str, text: str) -> None:
    path = root / "locale" / "ja" / "LC_MESSAGES" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('msgid ""\nmsgstr "Language: ja\\n"\n\n' + text, encoding="utf-8")


def test_approved_terms_need_no_translator() -> None:
    made = ask([candidate("Peace Palace")], [term("Peace Palace", "平和宮殿")])
    assert made == {(Kind.INSTITUTION, "Peace Palace"): Proposal("平和宮殿", "glossary: Peace Palace")}


def test_reviewed_catalogues(tmp_path: Path) -> None:
    write(
        tmp_path, "visit.po", 'msgid "Silver Pagoda"\nmsgstr "銀寺"\n\n#, fuzzy\nmsgid "Lotus Bank"\nmsgstr "蓮銀行"\n'
    )
    write(tmp_path, "zoo.po", 'msgid "Silver Pagoda"\nmsgstr "シルバーパゴダ"\n')
    write(tmp_path, "glossa.po", 'msgid "Lotus Bank"\nmsgstr "蓮"\n')
    made = ask([candidate("silver pagoda"), candidate("Lotus Bank")], root=tmp_path)
    assert made == {(Kind.INSTITUTION, "silver pagoda"): Proposal("銀寺", "catalogue: visit")}


def test_a_long_term_in_a_catalogue(tmp_path: Path) -> None:
    name = "National Committee for the Protection of Wetlands and of Those Who Live There"
    write(tmp_path, "visit.po", f'msgid ""\n"{name[:40]}"\n"{name[40:]}"\nmsgstr "国家湿地保護委員会"\n')
    assert ask([candidate(name)], root=tmp_path)[Kind.INSTITUTION, name].origin == "catalogue: visit"


def test_a_broken_catalogue_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "visit.po", 'msgid "Silver Pagoda"\nmsgstr "銀寺\n')
    with pytest.raises(DataError, match=r"visit\.po"):
        ask([candidate("Silver Pagoda")], root=tmp_path)


@pytest.mark.usefixtures("package")
def test_the_translator_is_believed_where_every_word_counts() -> None:
    engine = Careful({"river dam": -0.3, "river": -1.5, "dam": -1.2})
    opener = FakeOpener(engine)
    made = ask([candidate("river dam", Kind.TERM)], opener=opener)
    assert [each.origin for each in made.values()] == ["machine: translate-en_ja 1.0"]
    assert {source for source, _ in engine.asked} == {"river dam", "river", "dam"}
    assert opener.opened == 1


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    "scores",
    [
        {"river dam": -0.3, "river": -0.4, "dam": -1.2},  # "dam" adds nothing: it was not rendered
        {"river dam": -1.4, "river": -3.0, "dam": -3.0},  # not likely at all
    ],
)
def test_the_translator_is_not_believed(scores: dict[str, float]) -> None:
    assert ask([candidate("river dam", Kind.TERM)], opener=FakeOpener(Careful(scores))) == {}


@pytest.mark.usefixtures("package")
def test_approved_parts_are_enforced_and_not_doubted() -> None:
    engine = Careful({"Kandal dam": -2.0, "Kandal": -3.0})
    made = ask([candidate("Kandal dam", Kind.PLACE)], [term("Kandal", "甘丹州", Kind.PLACE)], opener=FakeOpener(engine))
    assert made[Kind.PLACE, "Kandal dam"].text.startswith("甘丹州")
    assert ("dam", made[Kind.PLACE, "Kandal dam"].text) not in engine.asked


@pytest.mark.usefixtures("package")
def test_persons_are_not_translated() -> None:
    opener = FakeOpener(Careful({}))
    assert ask([candidate("Sok Dara", Kind.PERSON)], opener=opener) == {}
    assert opener.opened == 0


@pytest.mark.usefixtures("package")
def test_what_was_rejected_is_not_translated_again() -> None:
    engine = Careful({"river dam": -0.3, "river": -1.5, "dam": -1.2})
    (first,) = ask([candidate("river dam", Kind.TERM)], opener=FakeOpener(engine)).values()
    rejected = Term("river dam", Kind.TERM, "", "ja", Status.PROPOSED, reject=(first.text,))
    assert ask([candidate("river dam", Kind.TERM)], [rejected], opener=FakeOpener(engine)) == {}


def test_without_a_package_there_is_one_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise PackageError("no package from en to ja")

    monkeypatch.setattr(routes, "route", none)
    notes: list[str] = []
    made = ask(
        [candidate("Peace Palace"), candidate("river dam", Kind.TERM), candidate("brick", Kind.TERM)],
        [term("Peace Palace", "平和宮殿")],
        opener=FakeOpener(RuleEngine()),
        notice=notes.append,
    )
    assert list(made) == [(Kind.INSTITUTION, "Peace Palace")]
    assert notes == ["nothing is proposed by machine in Japanese: no package from en to ja"]


@pytest.mark.usefixtures("package")
def test_progress_is_reported() -> None:
    said: list[tuple[str, int, int]] = []
    ask(
        [candidate("river dam", Kind.TERM), candidate("brick wall", Kind.TERM)],
        opener=FakeOpener(Careful({})),
        progress=lambda *each: said.append(each),
    )
    assert said[-1] == ("ja", 2, 2)
