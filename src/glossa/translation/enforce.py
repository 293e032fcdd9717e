"""Translate with what is required enforced: mark, decode, verify by count, repair what fails, cheapest first.

Stages, by the names that reports and catalogues use:

decode    the engine's best hypothesis carries everything required;
n-best    another hypothesis of its beam does, the likeliest;
prefix    the translation was cut where the alignment puts a missing term, the approved rendering put there, and the
          engine went on from it, so that particles and classifiers are made anew (lexically constrained decoding by
          forced prefixes; the cut is found by the engine's own attention);
clause    the sentence was cut in two at a clause, the halves were translated one by one, as below;
unmarked  the engine read plain English, repetition was held down, and every term came in by prefix;
forced    the rendering was put in place of what is aligned with the term: to be reviewed.

Each rung of the ladder takes only the texts in which the rungs below left faults: terms missing or too many,
forbidden renderings, lost digits, repetition without end. Nothing here knows a language or a file; the texts of a
call are decoded together, those of like length in one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from glossa.languages import Language
from glossa.model import Requirement, Span
from glossa.translation import clauses, repair
from glossa.translation.engine import Alignment, Engine, Hypothesis, Request
from glossa.translation.marking import BARE, PLAIN, Marking, mark, unmark
from glossa.translation.verify import Verdict, verify

STAGES = ("decode", "n-best", "prefix", "clause", "unmarked", "forced")
"""The stages, the cheapest first."""

_WIDE, _NARROW = 4, 2  # beams of the first decoding
_LOOKED_AT = 2  # hypotheses of a decoding from a prefix
_DENSE = 3  # requirements from which it is narrow
_TROUBLED = 2.0  # cost from which the next rung is tried
_CHUNK = 128  # texts decoded together, and between two reports of progress


@dataclass(frozen=True, slots=True)
class Task:
    """A text to translate.

    Args:
        source: plain English.
        requirements: in order, without overlap.
        fault: how bad a translation with that verdict is, apart from it (numbers that differ, …); 0 without fault.
    """

    source: str
    requirements: tuple[Requirement, ...] = ()
    fault: Callable[[str, Verdict], float] = field(default=lambda _, __: 0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation, held against what was required; the less it costs, the better."""

    text: str
    verdict: Verdict
    cost: float
    score: float = 0.0

    @property
    def rank(self) -> tuple[float, float]:
        """For choosing: the fewest faults first, then what the engine finds likeliest."""
        return (self.cost, -self.score)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A translation, and how it came to carry what was required.

    Args:
        stage: one of `STAGES`.
        marked: the source as the engine read it; `places` are what stands for the requirements in it.
        lacking: numbers of the requirements that the engine's first hypothesis lacked.
        forced: numbers of those that had to be put in by replacement.
    """

    task: Task
    best: Candidate
    stage: str
    marked: str
    places: tuple[Span, ...]
    lacking: frozenset[int] = frozenset()
    forced: frozenset[int] = frozenset()

    @property
    def target(self) -> str:
        """The translation."""
        return self.best.text

    @property
    def verdict(self) -> Verdict:
        """What `verify` found in it."""
        return self.best.verdict

    @property
    def repaired(self) -> frozenset[int]:
        """Numbers of the requirements that a later step brought in, force apart."""
        return self.lacking - self.forced - frozenset(self.verdict.missing)


@dataclass(frozen=True, slots=True)
class _Effort:
    """How hard a march tries.

    Args:
        places: tried for each missing term.
        beam: width of the search from each.
        penalty: on repetition, see `Engine.translate`.
    """

    places: int
    beam: int
    penalty: float


_QUICK = _Effort(1, 2, 1.1)
_STRICT = _Effort(1, 2, 1.25)  # small networks lose the thread by repeating themselves
_THOROUGH = _Effort(4, 4, 1.1)


def enforce(
    engine: Engine,
    tasks: Sequence[Task],
    language: Language,
    progress: Callable[[int], None] | None = None,
) -> list[Outcome]:
    """Translate the tasks with their requirements enforced.

    Args:
        language: the target language.
        progress: called with the number of tasks done since the last call.

    Returns:
        One outcome per task, in order. What no step could satisfy is in its verdict: never a silent miss.
    """
    pieces = [
        [Task(source, requirements) for source, requirements in parts] if len(parts) > 1 else [task]
        for task in tasks
        for parts in [clauses.fitting(task.source, task.requirements, engine.fits)]
    ]
    queue = [piece for parts in pieces for piece in parts]
    owners = [number for number, parts in enumerate(pieces) for _ in parts]
    waiting = [len(parts) for parts in pieces]
    done: dict[int, Outcome] = {}
    groups = _groups(queue, engine.threads)
    with ThreadPoolExecutor(engine.threads) as pool:
        climbs = [pool.submit(_climb, engine, [queue[i] for i in group], language) for group in groups]
        try:
            for group, climb in zip(groups, climbs, strict=True):
                done.update(zip(group, climb.result(), strict=True))
                for i in group:
                    waiting[owners[i]] -= 1
                if progress:
                    progress(sum(waiting[owner] == 0 for owner in {owners[i] for i in group}))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    results = iter([done[i] for i in range(len(queue))])
    return [
        _joined(task, [next(results) for _ in parts], language.joiner)
        for task, parts in zip(tasks, pieces, strict=True)
    ]


def _groups(tasks: Sequence[Task], threads: int) -> list[list[int]]:
    """Numbers of the tasks, those of like length together, in groups that are decoded together, for each thread one."""
    size = max(1, min(_CHUNK, -(-len(tasks) // threads)))
    by_length = sorted(range(len(tasks)), key=lambda i: len(tasks[i].source), reverse=True)
    if len(tasks) <= size * threads:  # a group for each thread, with long and short ones in each
        return [by_length[start::threads] for start in range(threads) if by_length[start::threads]]
    return [by_length[start : start + size] for start in range(0, len(tasks), size)]


def _climb(engine: Engine, tasks: Sequence[Task], language: Language) -> list[Outcome]:
    """All stages for texts that are decoded together."""
    marking = engine.marking
    outcomes = _attempt(engine, tasks, marking, _QUICK)
    lacking = [outcome.lacking for outcome in outcomes]

    def again(rung: Callable[[list[Task]], list[Outcome]]) -> None:
        troubled = [i for i, outcome in enumerate(outcomes) if outcome.best.cost >= _TROUBLED]
        for i, other in zip(troubled, rung([tasks[i] for i in troubled]), strict=True):
            if other.best.cost < outcomes[i].best.cost:
                outcomes[i] = other

    again(lambda rest: _halved(engine, rest, language))
    again(lambda rest: [replace(made, stage="unmarked") for made in _attempt(engine, rest, PLAIN, _STRICT)])
    missing = [i for i, outcome in enumerate(outcomes) if outcome.verdict.missing]
    for i, other in zip(missing, _march(engine, [outcomes[i] for i in missing], marking, _THOROUGH), strict=True):
        outcomes[i] = other
    outcomes = _spliced(engine, outcomes, language.stop)
    return [replace(outcome, lacking=first) for outcome, first in zip(outcomes, lacking, strict=True)]


def _attempt(engine: Engine, tasks: Sequence[Task], marking: Marking, effort: _Effort) -> list[Outcome]:
    """Decode freely, then march with what is missing."""
    if not tasks:
        return []
    marked = [mark(task.source, task.requirements, marking) for task in tasks]
    # Where much is required, the first decoding will hardly carry all of it: a narrow search shows the way.
    dense = [sum(each.annotate for each in task.requirements) >= _DENSE for task in tasks]
    results: dict[int, tuple[Hypothesis, ...]] = {}
    for many, width in ((False, _WIDE), (True, _NARROW)):
        numbers = [i for i, each in enumerate(dense) if each is many]
        requests = [Request(marked[i][0]) for i in numbers]
        made = engine.translate(requests, beam=width, hypotheses=width, penalty=effort.penalty)
        results.update(zip(numbers, made, strict=True))
    outcomes: list[Outcome] = []
    for i, (task, (text, places)) in enumerate(zip(tasks, marked, strict=True)):
        first, best = choose(task, results[i], marking)
        stage = "decode" if best is first else "n-best"
        outcomes.append(Outcome(task, best, stage, text, places, frozenset(first.verdict.missing)))
    return _march(engine, outcomes, marking, effort)


def judge(task: Task, text: str, marking: Marking, score: float = 0.0) -> Candidate:
    """Hold a hypothesis against the task, stutters around renderings taken out where that does no harm."""
    text = unmark(text, task.requirements, marking)
    verdict = verify(text, task.requirements, marking.tags, task.source)
    clean = repair.unstutter(text, task.requirements, verdict)
    if clean != text:
        cleaned = verify(clean, task.requirements, marking.tags, task.source)
        if cleaned.cost <= verdict.cost:
            text, verdict = clean, cleaned
    return Candidate(text, verdict, verdict.cost + task.fault(text, verdict), score)


def choose(task: Task, hypotheses: Sequence[Hypothesis], marking: Marking) -> tuple[Candidate, Candidate]:
    """The first hypothesis and the best: with the fewest faults, and of those the likeliest.

    Args:
        hypotheses: the likeliest first; none is looked at behind one without fault.
    """
    first = best = judge(task, hypotheses[0].text, marking, hypotheses[0].score)
    for hypothesis in hypotheses[1:]:
        if best.cost == 0:
            break
        best = min(best, judge(task, hypothesis.text, marking, hypothesis.score), key=lambda each: each.rank)
    return first, best


@dataclass(slots=True)
class _Run:
    """A translation on its march: its prefix grows, and no requirement is put into it twice."""

    outcome: Outcome
    current: Candidate
    prefix: str = ""
    tried: set[int] = field(default_factory=set)

    @property
    def open(self) -> list[int]:
        return [number for number in self.current.verdict.missing if number not in self.tried]


def _march(engine: Engine, outcomes: Sequence[Outcome], marking: Marking, effort: _Effort) -> list[Outcome]:
    """Decode again from left to right, never giving up what the prefix holds already.

    Each round puts the leftmost missing term behind the prefix, lets the engine go on from there, and makes that the
    new prefix, so that after as many rounds as there are requirements all are in that the engine can spell.
    """
    runs = [_Run(outcome, outcome.best) for outcome in outcomes]
    while running := [run for run in runs if run.open]:
        alignments = engine.align([(run.outcome.marked, run.current.text) for run in running])
        chosen = [_leftmost(run, alignment, effort.places) for run, alignment in zip(running, alignments, strict=True)]
        found = _go_on(engine, [run.outcome for run in running], [places for _, places in chosen], marking, effort)
        for run, (number, _), (candidate, prefix) in zip(running, chosen, found, strict=True):
            if candidate.cost < run.outcome.best.cost:
                run.outcome = replace(run.outcome, best=candidate, stage="prefix")
            run.current, run.prefix = candidate, prefix
            run.tried.add(number)
    return [run.outcome for run in runs]


def _leftmost(run: _Run, alignment: Alignment, places: int) -> tuple[int, list[str]]:
    """The missing requirement that belongs furthest to the left, and the prefixes that end with it."""
    outcome, current = run.outcome, run.current
    options = [
        (
            number,
            repair.prefixes(
                current.text,
                number,
                repair.closed(outcome.task.requirements[number]),
                outcome.places[number],
                alignment,
                current.verdict,
                places,
                len(run.prefix),
            ),
        )
        for number in run.open
    ]
    return min(options, key=lambda option: len(option[1][0]))


def _go_on(
    engine: Engine, outcomes: Sequence[Outcome], prefixes: Sequence[Sequence[str]], marking: Marking, effort: _Effort
) -> list[tuple[Candidate, str]]:
    """Let the engine go on from the prefixes of each; the best translation of each, and its prefix.

    Of the translations with the fewest faults the likeliest as a whole is the best. Where several prefixes were
    tried, they are scored again: the engine's own scores leave out what was forced, and with it whether the place
    was a good one.
    """
    asked = [(owner, prefix) for owner, options in enumerate(prefixes) for prefix in dict.fromkeys(options)]
    results = engine.translate(
        [Request(outcomes[owner].marked, prefix) for owner, prefix in asked],
        beam=effort.beam,
        hypotheses=_LOOKED_AT,
        penalty=effort.penalty,
    )
    found: list[list[tuple[Candidate, str]]] = [[] for _ in outcomes]
    for (owner, prefix), hypotheses in zip(asked, results, strict=True):
        _, best = choose(outcomes[owner].task, hypotheses, marking)
        found[owner].append((best, prefix))
    rivals = [_cheapest(options) for options in found]
    contested = [
        (outcome.marked, candidate.text)
        for outcome, options in zip(outcomes, rivals, strict=True)
        for candidate, _ in options
        if len(options) > 1
    ]
    scores = dict(zip(contested, engine.score(contested), strict=True))
    return [
        max(options, key=lambda option: scores[outcome.marked, option[0].text]) if len(options) > 1 else options[0]
        for outcome, options in zip(outcomes, rivals, strict=True)
    ]


def _cheapest(options: Sequence[tuple[Candidate, str]]) -> list[tuple[Candidate, str]]:
    """Those with the fewest faults."""
    fewest = min(candidate.cost for candidate, _ in options)
    return [option for option in options if option[0].cost == fewest]


def _halved(engine: Engine, tasks: Sequence[Task], language: Language) -> list[Outcome]:
    """Cut each sentence in two at a clause and translate the halves, unmarked; a sentence without clauses as it is."""
    pieces = [[Task(*half) for half in clauses.halves(task.source, task.requirements)] for task in tasks]
    results = iter(_attempt(engine, [piece for parts in pieces for piece in parts], PLAIN, _QUICK))
    return [
        replace(
            _joined(task, [next(results) for _ in parts], language.joiner),
            stage="clause" if len(parts) > 1 else "unmarked",
        )
        for task, parts in zip(tasks, pieces, strict=True)
    ]


def _joined(task: Task, outcomes: Sequence[Outcome], joiner: str) -> Outcome:
    """The outcome of a text from those of its pieces, in order."""
    if len(outcomes) == 1 and outcomes[0].task is task:
        return outcomes[0]
    text = joiner.join(outcome.target for outcome in outcomes)
    verdict = verify(text, task.requirements, None, task.source)
    verdict = replace(verdict, leftover=any(outcome.verdict.leftover for outcome in outcomes))
    lacking: set[int] = set()
    forced: set[int] = set()
    places: list[Span] = []
    marked = ""
    for outcome in outcomes:
        lacking.update(len(places) + number for number in outcome.lacking)
        forced.update(len(places) + number for number in outcome.forced)
        places += [Span(len(marked) + place.start, len(marked) + place.end) for place in outcome.places]
        marked += outcome.marked
    return Outcome(
        task,
        Candidate(text, verdict, verdict.cost + task.fault(text, verdict)),
        max((outcome.stage for outcome in outcomes), key=STAGES.index),
        marked,
        tuple(places),
        frozenset(lacking),
        frozenset(forced),
    )


def _spliced(engine: Engine, outcomes: Sequence[Outcome], stop: str) -> list[Outcome]:
    """Put in by replacement what is still missing."""
    failing = [outcome for outcome in outcomes if outcome.verdict.missing]
    alignments = iter(engine.align([(outcome.marked, outcome.target) for outcome in failing]))
    return [_splice(outcome, next(alignments), stop) if outcome.verdict.missing else outcome for outcome in outcomes]


def _splice(outcome: Outcome, alignment: Alignment, stop: str) -> Outcome:
    """As many of the missing renderings as can be put in; one that would spoil others is left out."""
    missing = outcome.verdict.missing
    best = outcome.best
    for left_out in (None, *(missing if len(missing) > 1 else ())):
        numbers = [number for number in missing if number != left_out]
        text = repair.splice(
            outcome.target, outcome.task.requirements, numbers, outcome.places, alignment, outcome.verdict, stop
        )
        candidate = judge(outcome.task, text, PLAIN, outcome.best.score)
        if len(candidate.verdict.missing) < len(best.verdict.missing):
            best = candidate
        if not best.verdict.missing:
            break
    if best is outcome.best:
        return outcome
    return replace(outcome, best=best, stage="forced", forced=frozenset(missing) - frozenset(best.verdict.missing))


def direct(task: Task) -> Outcome | None:
    """The outcome of a text that consists of nothing but what is required; None if words are left to translate."""
    rest = task.source
    for requirement in reversed(task.requirements):
        rest = rest[: requirement.span.start] + " " + rest[requirement.span.end :]
    if any(char.isalpha() for char in rest):
        return None
    whole = [replace(requirement, annotate=True) for requirement in task.requirements]
    text, places = mark(task.source, whole, BARE)
    return Outcome(task, judge(task, text, PLAIN), "decode", text, places)
