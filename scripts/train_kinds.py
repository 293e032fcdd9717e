"""Make `src/glossa/data/kinds.tsv` and `names.tsv`: what tells persons, places and bodies apart where their heads do not.

    python scripts/train_kinds.py SHARED

Needs scikit-learn. The examples are the names of `corpora/own/trilingual.tagged.en-km-ja.tsv` that
`glossa.extraction.names` leaves open, with the kind of their tags (a name that is not tagged where it stands has the
kind that it is tagged with elsewhere). A multinomial logistic regression with an L1 penalty keeps the weights few;
its penalty was chosen by five-fold cross-validation over sentences, whose accuracy is printed. What is known of a name (CLDR, the
seed glossary) is hidden from half of the examples, so that the model learns to do without.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from glossa.extraction import english, kinds, names, titles
from glossa.extraction.tokens import tokenize
from glossa.model import Kind

DATA = Path(__file__).parents[1] / "src" / "glossa" / "data"
_TAG = re.compile(r"\{([a-z])\d+\|([^{}]*)\}")
_LETTERS = {"p": "person", "l": "place", "o": "institution", "u": "unit", "e": "event", "t": "title", "k": "none"}
_LEAST = 2
_HOLIDAYS = (
    "dashain|tihar|holi|diwali|deepavali|eid|eid al-fitr|eid al-adha|ramadan|nowruz|hanukkah|passover|yom kippur|rosh hashanah|"
    "thanksgiving|halloween|obon|golden week|tanabata|loy krathong|songkran|thingyan|naadam|chuseok|seollal|tet|vesak|visak bochea|"
    "meak bochea|makha bucha|pchum ben|bon om touk|hari raya|lunar new year|epiphany|pentecost|mardi gras|ashura|mawlid|easter|"
    "christmas|chinese new year|khmer new year|water festival|world war i|world war ii|cold war|olympics|world cup|tour de france"
)
_PENALTY = float(sys.argv[2]) if len(sys.argv) > 2 else 0.6


def sentences(shared: Path) -> list[tuple[str, dict[tuple[int, int], str]]]:
    """The tagged sentences without their tags, with the kind of each tagged span."""
    found = []
    path = shared / "corpora" / "own" / "trilingual.tagged.en-km-ja.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        tagged = line.split("\t", 1)[0]
        text, at, spans = "", 0, {}
        for match in _TAG.finditer(tagged):
            text += tagged[at : match.start()]
            spans[len(text), len(text) + len(match[2])] = _LETTERS[match[1]]
            text += match[2]
            at = match.end()
        found.append((text + tagged[at:], spans))
    return found


def gazetteer(shared: Path) -> dict[str, str]:
    """Names whose kind is known from CLDR: countries, territories, cities of the time zones."""
    from babel import Locale
    from babel.core import get_global

    english_names = Locale.parse("en")
    found = {str(name).lower(): "place" for code, name in english_names.territories.items() if len(code) in (2, 3)}
    for zone in get_global("zone_territories"):
        city = str(english_names.time_zones.get(zone, {}).get("city", zone.rsplit("/", 1)[-1].replace("_", " ")))
        if (
            "/" in zone
            and not zone.startswith(("Etc/", "SystemV/"))
            and city.isascii()
            and not any(map(str.isdigit, city))
        ):
            found.setdefault(city.lower(), "place")
    for name in (
        "world",
        "european union",
        "united nations",
        "eurozone",
        "unknown region",
        "outlying oceania",
        "pseudo-accents",
        "pseudo-bidi",
    ):
        found.pop(name, None)
    given = (DATA / "given_names.txt").read_text(encoding="utf-8").split()
    found.update(dict.fromkeys(_HOLIDAYS.split("|"), "event"))
    table = (shared / "lexicon" / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    seed = {row[1].lower(): row[0] for row in (line.split("\t") for line in table[1:])}
    places = {name.removesuffix(" province") for name, kind in seed.items() if kind == "place"} | found.keys()
    return {**{name: "person" for name in given if name not in places}, **found}


def examples(shared: Path, known: dict[str, Kind]) -> tuple[list[list[str]], list[str], list[int]]:
    """The features, kinds and sentence numbers of the names that are left open."""
    lexicon = english.parse((DATA / "english.tsv").read_text(encoding="utf-8"))
    tagged = sentences(shared)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for text, spans in tagged:
        for (start, end), kind in spans.items():
            votes[text[start:end]][kind] += 1
    random.seed(1)
    features, labels, groups = [], [], []
    for number, (text, spans) in enumerate(tagged):
        tokens = tokenize(text)
        letters = [word for word in tokens.words if word.isalpha() and len(word) > 3]
        if sum(word[0].isupper() for word in letters) > 0.6 * len(letters):
            continue
        seen = frozenset(
            tokens.lower[i] for i in range(len(tokens)) if tokens.words[i][0].isupper() and not tokens.begins(i)
        )
        found = titles.find(tokens, lexicon)
        behind, begin = frozenset(t.end for t in found), frozenset(t.first for t in found)
        for name in names.find(tokens, found, lexicon, seen):
            if name.kind is not None:
                continue
            span = (tokens.starts[name.first], tokens.ends[name.end - 1])
            surface = text[span[0] : span[1]]
            kind = spans.get(span)
            if kind is None:
                over = [k for s, k in spans.items() if s[0] < span[1] and span[0] < s[1]]
                if over and surface.isupper() and text[span[0] - 1] == "(":
                    kind = over[0]
                elif over:
                    continue
                else:
                    kind = votes[surface].most_common(1)[0][0] if surface in votes else "none"
            if kind == "title":
                continue
            hidden = known if random.random() < 0.5 else {}
            features.append(kinds.inside(surface, lexicon, hidden) + kinds.around(tokens, name, behind, begin))
            labels.append(kind)
            groups.append(number)
    return features, labels, groups


def main() -> None:
    """Train, print what cross-validation says, and write the weights."""
    shared = Path(sys.argv[1])
    places = gazetteer(shared)
    (DATA / "names.tsv").write_text(
        "".join(f"{name}\t{kind}\n" for name, kind in sorted(places.items())), encoding="utf-8"
    )
    table = (shared / "lexicon" / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    seed = {
        row[1].lower(): row[0] for row in (line.split("\t") for line in table[1:]) if row[0] not in ("title", "term")
    }
    known = {name: Kind(kind) for name, kind in {**places, **seed}.items()}
    features, labels, groups = examples(shared, known)
    print(len(labels), "examples:", dict(Counter(labels)))
    counts = Counter(feature for row in features for feature in set(row))
    rows = [{feature: 1 for feature in row if counts[feature] >= _LEAST} for row in features]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    kind = np.array(labels)

    def model() -> LogisticRegression:
        return LogisticRegression(C=_PENALTY, l1_ratio=1, solver="saga", max_iter=300, tol=1e-3, fit_intercept=False)

    right = by_hand = 0
    rules = kinds.Model(kinds.RULES)
    for train, test in GroupKFold(5).split(matrix, kind, groups):
        predicted = model().fit(matrix[train], kind[train]).predict(matrix[test])
        right += int((predicted == kind[test]).sum())
        by_hand += sum((kinds.best(rules.scores(features[i])) or "none") == kind[i] for i in test)
    print(f"accuracy in cross-validation: {right / len(kind):.3f}; by hand-made rules: {by_hand / len(kind):.3f}")
    final = model().fit(matrix, kind)
    order = [list(final.classes_).index(each) for each in kinds.CLASSES]
    lines = []
    for feature, column in sorted(vectorizer.vocabulary_.items()):
        row = [round(100 * float(final.coef_[index, column])) for index in order]
        if any(row):
            lines.append("\t".join([feature, *map(str, row)]))
    (DATA / "kinds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "features kept")


if __name__ == "__main__":
    main()
