"""Names of persons composed from approved ones: a known name behind a known title, a name of known parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from glossa.extraction.analogy import Composed, key
from glossa.languages import TARGETS
from glossa.model import Kind, Term
from glossa.text.normalize import canonical


class PersonNames:
    """The approved persons and titles of one language.

    Args:
        terms: approved terms with a rendering, all of one language.
        lang: that language.
    """

    def __init__(self, terms: Iterable[Term], lang: str) -> None:
        self._language = TARGETS[lang]
        self._joiner = "・" if lang == "ja" else " "
        self._titles: dict[tuple[str, ...], Term] = {}
        self._persons: dict[tuple[str, ...], Term] = {}
        # (first or not, part of a name): its renderings, each with a name that has it
        self._parts: dict[tuple[bool, str], dict[str, str]] = defaultdict(dict)
        for term in terms:
            if term.kind in (Kind.TITLE, Kind.PERSON):
                known = self._titles if term.kind is Kind.TITLE else self._persons
                for form in (term.source, *term.variants):
                    known.setdefault(key(form), term)
            if term.kind is Kind.PERSON:
                words, parts = term.source.split(), canonical(term.target).split(self._joiner)
                if len(words) == len(parts) > 1:
                    for i, (word, part) in enumerate(zip(words, parts, strict=True)):
                        self._parts[i == 0, word].setdefault(part, term.source)

    def compose(self, name: str) -> list[Composed]:
        """Renderings of a name in English, the surest first.

        A part of a name is known where all approved names that have it, first or not first as here, write it alike.
        """
        words = name.split()
        made: list[Composed] = []
        for cut in range(1, len(words)):
            title, person = self._titles.get(key(" ".join(words[:cut]))), self._persons.get(key(" ".join(words[cut:])))
            if title and person:
                made.append(Composed(self._titled(title.target, person.target), (title.source, person.source), 0.9))
        renderings = [self._parts.get((i == 0, word), {}) for i, word in enumerate(words)]
        if len(words) > 1 and all(len(each) == 1 for each in renderings):
            pairs = [next(iter(each.items())) for each in renderings]
            sources = tuple(dict.fromkeys(source for _, source in pairs))
            made.append(Composed(self._joiner.join(part for part, _ in pairs), sources, 0.7))
        return made

    def _titled(self, title: str, name: str) -> str:
        if self._language.title_first:
            return title + self._language.title_joiner + name
        if "ァ" <= title[-1] <= "ー":  # an honorific left in its own language stands first
            return f"{title}・{name}"
        return name + self._language.title_joiner + title
