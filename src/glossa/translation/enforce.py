"""Translate with what is required enforced: annotate, decode, verify by count, repair what fails, cheapest first.

1. the engine's best hypothesis, if it carries everything required;
2. another hypothesis of its beam that does, the likeliest;
3. a second decoding: the translation is cut where the alignment puts a missing term, the approved rendering is put
   there, and the engine goes on from it, so that particles and classifiers are made anew (lexically constrained
   decoding by forced prefixes; the cut is found by teacher-forced attention);
   (where a translation has faults after that, the same again with repetition held down: networks of this size lose
   the thread by repeating themselves)
4. the rendering in place of what is aligned with the term: marked for review.

Nothing here knows a language or a file; the texts of a run are decoded together, those of like length in one batch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from glossa.model import Requirement, Span
from glossa.translation import repair
from glossa.translation.engine import Alignment, Engine, Request
from glossa.translation.verify import Verdict, verify

_STAGES = ("decode", "n-best", "prefix", "forced")  # the cheapest first
_BLANK = re.compile(r"\s+")
_HYPOTHESES = 4
_ROUNDS = 2
_PLACES = 4  # places tried for one missing term
_TERMS = 3  # up to so many missing terms free rounds are tried
_PENALTIES = (1.0, 1.2)  # on repetition; the next one is tried where a translation has faults
_TROUBLED = 1.0  # cost from which the next penalty is tried
_CHUNK = 24  # segments decoded together, and between two reports of progress


@dataclass(frozen=True, slots=True)
class Task:
    """A text to translate.

    Args:
        source: plain English.
        requirements: in order, without overlap.
        fault: how bad a translation is apart from the requirements (numbers that differ, …), 0 for none.
    """

    source: str
    requirements: tuple[Requirement, ...] = ()
    fault: Callable[[str], float] = field(default=lambda _: 0.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A translation, and how it came to carry what was required.

    Args:
        stage: "decode", "n-best", "prefix" or "forced".
        forced: numbers of the requirements that had to be put in by replacement.
        annotated: the source as the engine read it; `places` are what stands for the requirements in it.
    """

    target: str
    stage: str
    verdict: Verdict
    forced: frozenset[int]
    repaired: frozenset[int]
    annotated: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    verdict: Verdict
    cost: float
    score: float

    @property
    def rank(self) -> tuple[float, float]:
        return (self.cost, -self.score)


@dataclass(slots=True)
class _State:
    task: Task
    annotated: str
    places: tuple[Span, ...]
    best: _Candidate
    stage: str
    first_missing: frozenset[int]
    forced: frozenset[int] = frozenset()


def enforce(
    engine: Engine, tasks: Sequence[Task], stop: str, progress: Callable[[int], None] | None = None
) -> list[Outcome]:
    """Translate the tasks with their requirements enforced.

    Args:
        stop: the sentence end of the target language.
        progress: called with the number of tasks done since the last call.

    Returns:
        One outcome per task, in order. What no step could satisfy is in its verdict: never a silent miss.
    """
    outcomes: dict[int, Outcome] = {}
    by_length = sorted(range(len(tasks)), key=lambda i: len(tasks[i].source), reverse=True)
    for start in range(0, len(tasks), _CHUNK):
        numbers = by_length[start : start + _CHUNK]
        chunk = [tasks[i] for i in numbers]
        states = _attempt(engine, chunk, _PENALTIES[0])
        for penalty in _PENALTIES[1:]:
            troubled = [i for i, state in enumerate(states) if state.best.cost >= _TROUBLED]
            again = _attempt(engine, [chunk[i] for i in troubled], penalty)
            for i, state in zip(troubled, again, strict=True):
                if state.best.cost < states[i].best.cost:
                    stage = "n-best" if state.stage == "decode" else state.stage
                    states[i] = replace(state, stage=stage, first_missing=states[i].first_missing)
        outcomes.update(zip(numbers, _finish(engine, states, stop), strict=True))
        if progress:
            progress(len(chunk))
    return [outcomes[i] for i in range(len(tasks))]


def _attempt(engine: Engine, tasks: Sequence[Task], penalty: float) -> list[_State]:
    """All steps but the last, with the engine's taste for repetition held down by `penalty`."""
    states = _decode(engine, tasks, penalty)
    for _ in range(_ROUNDS):
        # Where much is missing, free rounds only go in circles: the march is for that.
        failing = [state for state in states if 0 < len(state.best.verdict.missing) <= _TERMS]
        if not failing or not _redecode(engine, failing, penalty):
            break
    _march(engine, [state for state in states if state.best.verdict.missing], penalty)
    return states


def _candidate(engine: Engine, task: Task, text: str, score: float) -> _Candidate:
    verdict = verify(text, task.requirements, engine.tags, task.source)
    clean = repair.unstutter(text, task.requirements, verdict)
    if clean != text:
        cleaned = verify(clean, task.requirements, engine.tags, task.source)
        if cleaned.cost <= verdict.cost:
            text, verdict = clean, cleaned
    return _Candidate(text, verdict, verdict.cost + task.fault(text), score)


def _decode(engine: Engine, tasks: Sequence[Task], penalty: float) -> list[_State]:
    annotated = [repair.annotate(task.source, task.requirements, engine.tags) for task in tasks]
    results = engine.translate([Request(text) for text, _ in annotated], _HYPOTHESES, penalty)
    states: list[_State] = []
    for task, (text, places), hypotheses in zip(tasks, annotated, results, strict=True):
        candidates = [_candidate(engine, task, hypothesis.text, hypothesis.score) for hypothesis in hypotheses]
        best = min(candidates, key=lambda candidate: candidate.rank)
        stage = "decode" if best is candidates[0] else "n-best"
        states.append(_State(task, text, places, best, stage, frozenset(candidates[0].verdict.missing)))
    return states


def _redecode(engine: Engine, states: Sequence[_State], penalty: float) -> bool:
    """One round of decoding on from forced prefixes; whether any state got more of what it lacks."""
    alignments = engine.align([(state.annotated, state.best.text) for state in states])
    prefixes = [
        [prefix for number in state.best.verdict.missing for prefix in _prefixes(state, state.best, alignment, number)]
        for state, alignment in zip(states, alignments, strict=True)
    ]
    improved = False
    for state, (candidate, _) in zip(states, _go_on(engine, states, prefixes, penalty), strict=True):
        if candidate.cost < state.best.cost or (state.stage == "prefix" and candidate.rank < state.best.rank):
            improved = improved or len(candidate.verdict.missing) < len(state.best.verdict.missing)
            state.best, state.stage = candidate, "prefix"
    return improved


def _march(engine: Engine, states: Sequence[_State], penalty: float) -> None:
    """Decode again from left to right, never giving up what the prefix holds already.

    Free rounds can go in circles, winning one term and losing another. Here each round puts the leftmost missing
    term behind the prefix and makes that the new prefix, so that after as many rounds as there are requirements all
    are in that the engine can spell.
    """
    running = [_Run(state, state.best) for state in states]
    while running:
        alignments = engine.align([(run.state.annotated, run.current.text) for run in running])
        chosen = [
            min(
                (
                    (number, _prefixes(run.state, run.current, alignment, number, len(run.prefix)))
                    for number in run.open
                ),
                key=lambda choice: len(choice[1][0]),
            )
            for run, alignment in zip(running, alignments, strict=True)
        ]
        found = _go_on(engine, [run.state for run in running], [options for _, options in chosen], penalty)
        for run, (number, _), (candidate, prefix) in zip(running, chosen, found, strict=True):
            if candidate.cost < run.state.best.cost:
                run.state.best, run.state.stage = candidate, "prefix"
            run.current, run.prefix = candidate, prefix
            run.tried.add(number)
        running = [run for run in running if run.open]


@dataclass(slots=True)
class _Run:
    """A translation on its march: its prefix grows, and no requirement is put into it twice."""

    state: _State
    current: _Candidate
    prefix: str = ""
    tried: set[int] = field(default_factory=set)

    @property
    def open(self) -> list[int]:
        return [number for number in self.current.verdict.missing if number not in self.tried]


def _prefixes(state: _State, current: _Candidate, alignment: Alignment, number: int, least: int = 0) -> list[str]:
    rendering = state.task.requirements[number].rendering
    # The more is missing, the more steps are to be made: fewer places are tried at each.
    limit = max(1, _PLACES * _TERMS // max(_TERMS, len(current.verdict.missing)))
    return repair.prefixes(
        current.text, number, rendering, state.places[number], alignment, current.verdict, limit, least
    )


def _go_on(
    engine: Engine, states: Sequence[_State], prefixes: Sequence[Sequence[str]], penalty: float
) -> list[tuple[_Candidate, str]]:
    """Let the engine go on from the prefixes of each state; the best translation of each, and its prefix.

    Of the translations with the fewest faults the likeliest as a whole is the best. The engine's own scores leave
    out what was forced, and with it whether the place was a good one, so these few are scored again.
    """
    asked = [(owner, prefix) for owner, options in enumerate(prefixes) for prefix in dict.fromkeys(options)]
    results = engine.translate([Request(states[owner].annotated, prefix) for owner, prefix in asked], 2, penalty)
    found: list[dict[str, tuple[_Candidate, str]]] = [{} for _ in states]
    for (owner, prefix), hypotheses in zip(asked, results, strict=True):
        for hypothesis in hypotheses:
            candidate = _candidate(engine, states[owner].task, hypothesis.text, 0.0)
            found[owner].setdefault(candidate.text, (candidate, prefix))
    fewest = [min(candidate.cost for candidate, _ in options.values()) for options in found]
    running_up = [
        (owner, candidate, prefix)
        for owner, options in enumerate(found)
        for candidate, prefix in options.values()
        if candidate.cost == fewest[owner]
    ]
    scores = engine.score([(states[owner].annotated, candidate.text) for owner, candidate, _ in running_up])
    best: dict[int, tuple[_Candidate, str]] = {}
    for (owner, candidate, prefix), score in zip(running_up, scores, strict=True):
        if owner not in best or score > best[owner][0].score:
            best[owner] = (replace(candidate, score=score), prefix)
    return [best[owner] for owner in range(len(states))]


def _finish(engine: Engine, states: Sequence[_State], stop: str) -> list[Outcome]:
    """Put in by replacement what is still missing, and report."""
    failing = [state for state in states if state.best.verdict.missing]
    alignments = engine.align([(state.annotated, state.best.text) for state in failing])
    for state, alignment in zip(failing, alignments, strict=True):
        missing = state.best.verdict.missing
        text = repair.splice(
            state.best.text, state.task.requirements, state.places, alignment, state.best.verdict, stop
        )
        candidate = _candidate(engine, state.task, text, state.best.score)
        if len(candidate.verdict.missing) < len(missing):
            state.best, state.stage = candidate, "forced"
            state.forced = frozenset(missing) - frozenset(candidate.verdict.missing)
    return [
        Outcome(
            state.best.text,
            state.stage,
            state.best.verdict,
            state.forced,
            state.first_missing - state.forced - frozenset(state.best.verdict.missing),
            state.annotated,
            state.places,
        )
        for state in states
    ]


def split(task: Task, fits: Callable[[str], bool]) -> list[Task]:
    """A text too long for the engine in pieces that fit, cut between clauses, never inside of what is required.

    Args:
        task: the text.
        fits: whether a text is short enough, see `Engine.fits`.
    """
    source = task.source
    if fits(source):
        return [task]
    middle = len(source) // 2
    cuts = [
        match.end()
        for match in _BLANK.finditer(source)
        if 0 < match.end() < len(source) and not any(r.span.start < match.end() < r.span.end for r in task.requirements)
    ]
    if not cuts:
        return [task]
    # A strong break near the middle is worth some imbalance.
    strength = {";": 0.5, ",": 0.7}
    cut = min(cuts, key=lambda at: abs(at - middle) * strength.get(source[:at].rstrip()[-1:], 1.0))
    left = Task(source[:cut], tuple(r for r in task.requirements if r.span.end <= cut))
    right = Task(
        source[cut:],
        tuple(
            replace(r, span=Span(r.span.start - cut, r.span.end - cut))
            for r in task.requirements
            if r.span.start >= cut
        ),
    )
    return [*split(left, fits), *split(right, fits)]


def join(outcomes: Sequence[Outcome], task: Task, joiner: str) -> Outcome:
    """The outcome of a text from those of its pieces (`split`), in order."""
    target = joiner.join(outcome.target for outcome in outcomes)
    forced: set[int] = set()
    repaired: set[int] = set()
    places: list[Span] = []
    annotated = ""
    for outcome in outcomes:
        forced.update(len(places) + i for i in outcome.forced)
        repaired.update(len(places) + i for i in outcome.repaired)
        places += [Span(len(annotated) + place.start, len(annotated) + place.end) for place in outcome.places]
        annotated += outcome.annotated
    stage = max((outcome.stage for outcome in outcomes), key=_STAGES.index)
    leftover = any(outcome.verdict.leftover for outcome in outcomes)
    verdict = replace(verify(target, task.requirements, None, task.source), leftover=leftover)
    return Outcome(target, stage, verdict, frozenset(forced), frozenset(repaired), annotated, tuple(places))


def direct(task: Task) -> Outcome | None:
    """The outcome of a text that consists of nothing but what is required; None if words are left to translate."""
    rest = task.source
    for requirement in reversed(task.requirements):
        rest = rest[: requirement.span.start] + " " + rest[requirement.span.end :]
    if any(char.isalpha() for char in rest):
        return None
    whole = [replace(requirement, annotate=True) for requirement in task.requirements]
    text, places = repair.annotate(task.source, whole, ("", ""))
    return Outcome(text, "decode", verify(text, task.requirements), frozenset(), frozenset(), text, places)
