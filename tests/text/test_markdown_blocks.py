"""Markdown: a document with everything in it."""

from __future__ import annotations

import pytest

from glossa.model import Document
from glossa.text import documents, markdown

EVERYTHING = """\
---
title: Not translated. Never.
tags: [a, b]
---

# Chief of Staff *visits* **Phnom Penh** #

*By Sok Dara. Photos by [Chan](http://x.y/c).*

The Royal Cambodian Armed Forces
([RCAF](https://rcaf.gov.kh/a_b "RCAF site")) received **Lt. Gen. Koji Yamazaki. He stayed.** at the
_Peace Palace_ on April 29, 2024.\u0020\u0020
"We agree. We go on," he said; see `code. Here` and <https://x.org/A.B>.\\
Next line.

> Quoted text that goes on
> over the line. Second sentence
lazily here.
>
> - nested *item* one
>   continues. Two.
> 1. ordered

- [ ] task item
- [x] done item
+ plus item
  + inner **item**

Text.

    indented code. Not this.

```python
print("code. Here")
```

<div>
html block. Not translated.
</div>

| Name | Role \\| rank | Empty |
|:-----|:---:|--|
| Hun Manet | Lt. Gen. Sato. He leads. | |
| `x` | a `b\\|c` d | 5 |

Setext heading
over two lines
==============

See [General] Yamazaki, [the  site][], [the site] and [that][the site] and ![pic](a.png "alt"). Footnote.[^1] Done.

[the site]: https://x.org "Title stays"

[^1]: The note text. Second.

> [!NOTE]
> Alert text here.

## Title with id {#id .c}

[Whole link. Two.](http://x.y)

**Bold lead.** The rest<br>here.

[![only](pictures.png)](x.png) `code`
***
"""

EXPECTED = """\
6 Chief of Staff *visits* **Phnom Penh**
8 By Sok Dara.
8 Photos by [Chan](http://x.y/c).
10 The Royal Cambodian Armed Forces ([RCAF](https://rcaf.gov.kh/a_b "RCAF site")) received **Lt. Gen. Koji Yamazaki. He stayed.** at the _Peace Palace_ on April 29, 2024.
13 "We agree. We go on," he said; see `code. Here` and <https://x.org/A.B>.
14 Next line.
16 Quoted text that goes on over the line.
17 Second sentence lazily here.
20 nested *item* one continues.
21 Two.
22 ordered
24 task item
25 done item
26 plus item
27 inner **item**
29 Text.
41 Name
41 Role \\| rank
41 Empty
43 Hun Manet
43 Lt. Gen. Sato.
43 He leads.
44 a `b\\|c` d
46 Setext heading over two lines
50 See [General] Yamazaki, [the site][the site], [the site][the site] and [that][the site] and ![pic](a.png "alt").
50 Footnote.[^1]
50 Done.
54 The note text.
54 Second.
57 Alert text here.
59 Title with id
61 Whole link.
61 Two.
63 **Bold lead.**
63 The rest<br>here.
"""


def read(text: str) -> Document:
    return documents.read(text.encode(), "a.md")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_everything(end: str) -> None:
    text = EVERYTHING.replace("\n", end)
    document = read(text)
    assert [f"{segment.line} {segment.text}" for segment in document.segments] == EXPECTED.splitlines()
    assert documents.render(document, {}, " ") == text


def test_everything_translated_keeps_its_structure() -> None:
    document = read(EVERYTHING)
    out = documents.render(document, {segment.id: f"T{segment.id}" for segment in document.segments}, "")
    assert (
        "\n# T0 #\n\n*T1T2*\n\nT3  \nT4\\\nT5\n\n> T6T7\n>\n> - T8T9\n> 1. T10\n\n- [ ] T11\n- [x] T12\n+ T13\n  + T14\n"
        in out
    )
    assert (
        "| T16 | T17 | T18 |\n|:-----|:---:|--|\n| T19 | T20T21 | |\n| `x` | T22 | 5 |\n\nT23\n==============\n" in out
    )
    assert '[the site]: https://x.org "Title stays"\n\n[^1]: T27T28\n\n> [!NOTE]\n> T29\n\n## T30 {#id .c}\n' in out
    assert "\n[T31T32](http://x.y)\n\nT33T34\n\n[![only](pictures.png)](x.png) `code`\n***\n" in out
    assert "title: Not translated. Never.\n" in out
    assert (
        '    indented code. Not this.\n\n```python\nprint("code. Here")\n```\n\n<div>\nhtml block. Not translated.\n</div>\n'
        in out
    )


def test_toml_front_matter() -> None:
    text = '+++\ntitle = "Not this"\n\nx = "nor this"\n+++\nHello there.\n'
    assert [segment.text for segment in read(text).segments] == ["Hello there."]


def test_hard_breaks_within_markup_are_soft() -> None:
    text = "See **this  \nplace** and\\\nthat `a\\\nb` end.\n"
    document = read(text)
    assert [segment.text for segment in document.segments] == ["See **this place** and", "that `a\\ b` end."]


def test_code_is_kept_to_the_blank() -> None:
    document = read("Run `a  b\tc` now  then.\n")
    assert [segment.text for segment in document.segments] == ["Run `a  b\tc` now then."]


def test_odd_places_of_lines() -> None:
    text = ">\t- a b\n>\t  c d\n\n1. \tx y\n\n   # Head #  \n\n\tcode\n\n-\n  later text\n* \u00a0edge\u00a0\n"
    assert [segment.text for segment in read(text).segments] == ["a b c d", "x y", "Head", "later text", "edge"]


def test_shortcut_links_keep_their_label() -> None:
    document = read("The [Royal *Army*] and [RCA][] and [none].\n\n[royal *army*]: /a\n[rca]: /b\n")
    (segment,) = document.segments
    assert segment.text == "The [Royal *Army*][Royal *Army*] and [RCA][RCA] and [none]."
    assert documents.render(document, {}, "") == document.text


def test_sentences_are_not_cut_within_markup() -> None:
    text = "*One. Two.* Three [a. B](c.d E). `x. Y` Four. **End.**"
    assert [span.of(text) for span in markdown.sentences(text)] == [
        "*One. Two.*",
        "Three [a. B](c.d E).",
        "`x. Y` Four.",
        "**End.**",
    ]
