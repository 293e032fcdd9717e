"""What is never translated in running text: web addresses, e-mail addresses, handles, hashtags, paths and files."""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossa.model import Span

_SCHEMES = r"(?:https?|ftps?|sftp|ssh|git|file)://|(?:mailto|tel|doi|urn):(?=[\w+])|www\."
_DOMAINS = "com|org|net|gov|edu|int|mil|info|io|eu|kh|jp|th|vn|la|cn|kr|uk|fr|au"
_FILES = (
    "7z|avif|bmp|bz2|cfg|conf|cpp|cs|css|csv|dll|docx?|eml|epub|exe|flac|gif|gz|heic|html?|ini|ipynb|java|jpe?g|js|"
    "json|kt|log|lua|md|mkv|mov|mp3|mp4|odp|ods|odt|ogg|pdf|php|png|po|pot|pptx?|ps1|py|rar|rb|rs|rst|rtf|sh|sql|srt|"
    "svg|tar|tex|tgz|tiff?|tmx|toml|ts|tsv|txt|wav|webm|webp|xlsx?|xml|xz|ya?ml|zip"
)
_FILES_UPPER = "CSV|DOCX?|JPE?G|MP[34]|PDF|PNG|PPTX?|TXT|XLSX?|ZIP"

# Quotation marks, brackets < > [ ] { } and characters that no address holds unescaped end an address.
_URL_CHAR = r"[^\s<>\[\]{}|\\^`\"“”‘’«»…。、」』）]"

_FOUND = re.compile(
    rf"""
      (?<![\w@]) (?P<url> (?:{_SCHEMES}) {_URL_CHAR}+ )
    | (?<![\w.+@-]) (?P<mail> [A-Za-z0-9][\w.+%-]{{0,63}} @ [A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}} )
    | (?<![\w.@/]) (?P<handle> @[A-Za-z_]\w{{1,29}}(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)? )
    | (?<![\w&/#]) (?P<tag> \#(?=\w{{0,40}}[^\W\d_])\w{{2,80}} )
    | (?<![\w./~:-]) (?P<path>
          (?: ~ | \.{{1,2}} )? /[\w.@+-]+ (?: /[\w.@+-]+ )+ /?
        | (?: ~ | \.{{1,2}} ) /[\w.@+-]+
        | [A-Za-z]:\\(?:[\w.@+ -]*[\w]\\)*[\w.@+-]*\w )
    | (?<![\w./@-]) (?P<domain> (?: [a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\. ){{1,6}} (?:{_DOMAINS})
          (?![\w@-]|\.\w) (?: /{_URL_CHAR}* )? )
    | (?<![\w.@-]) (?P<file> [\w-]{{1,100}} (?: [./][\w-]{{1,100}} ){{0,8}}
          \.(?:{_FILES}|{_FILES_UPPER}) (?![\w@-]|\.\w) )
    """,
    re.VERBOSE,
)

_TRAILING = "?!.,:;*_~'\"-–—"


def _trimmed(found: str) -> str:
    """An address without the punctuation of the sentence around it: "(see http://a.b/c)." gives http://a.b/c."""
    unpaired = found.count(")") - found.count("(")
    end = len(found)
    while end and (found[end - 1] in _TRAILING or (found[end - 1] == ")" and unpaired > 0)):
        end -= 1
        unpaired -= found[end] == ")"
    return found[:end]


def verbatim(text: str) -> Iterable[Span]:
    """The stretches of `text` that stay as they are in every language, in order. Takes time linear in the text."""
    for match in _FOUND.finditer(text):
        kind = match.lastgroup
        found = match[0]
        if kind in ("url", "mail", "domain", "path"):
            found = _trimmed(found)
        elif kind in ("handle", "tag"):
            found = found.rstrip("_")  # *_@someone_* is emphasis
        if found:
            yield Span(match.start(), match.start() + len(found))
