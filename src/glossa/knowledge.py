"""What the extractor knows beforehand, from the package's data and the glossary in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources

from glossa.extraction import english, kinds
from glossa.extraction.headlines import Knowledge
from glossa.model import Kind, Term

_NOT_NAMES = frozenset({Kind.TITLE, Kind.TERM})


def load(terms: Iterable[Term] = (), *, rules: bool = False) -> Knowledge:
    """The extractor's knowledge.

    Args:
        terms: terms whose kinds are known, as those of the glossary.
        rules: use the few hand-made weights instead of the trained ones.
    """
    data = resources.files("glossa") / "data"
    known = dict(_names((data / "names.tsv").read_text(encoding="utf-8")))
    for term in terms:
        if term.kind not in _NOT_NAMES:
            for form in (term.source, *term.variants):
                known[form.lower()] = term.kind
    model = kinds.Model(kinds.RULES) if rules else kinds.parse((data / "kinds.tsv").read_text(encoding="utf-8"))
    return Knowledge(english.parse((data / "english.tsv").read_text(encoding="utf-8")), model, known)


def _names(text: str) -> Mapping[str, Kind]:
    rows = (line.split("\t") for line in text.splitlines())
    return {name: Kind(kind) for name, kind in rows}
