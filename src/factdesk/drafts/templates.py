"""Templates of checks: what a writer begins with. Guidance stands in comments, what is to be written in `{{…}}`.

Lint takes `{{…}}` for what it is, unfinished (FD510), and the empty fields too. A desk's own template is a text like
these: `filled` puts the claim into it, at `{{claim}}`, and the fields that are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from factdesk.drafts.fields import with_fields
from factdesk.errors import UsageError

LANGUAGES = ("en", "vi")
"""What the templates are written in."""

CLAIM = "{{claim}}"
"""Where the claim's words go."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its name, what it is called, and what it is for, by language."""

    name: str
    titles: Mapping[str, str]
    purposes: Mapping[str, str]


TEMPLATES = (
    Template(
        "short",
        {"en": "Short check", "vi": "Kiểm chứng ngắn"},
        {
            "en": "One claim, a few paragraphs: the fact, the evidence, the claim, the why.",
            "vi": "Một nhận định, vài đoạn: điều đúng, bằng chứng, nhận định, vì sao.",
        },
    ),
    Template(
        "long",
        {"en": "Long check", "vi": "Kiểm chứng dài"},
        {
            "en": "A claim with a history, several sources, or a part that is right; in sections.",
            "vi": "Nhận định có gốc gác, nhiều nguồn, hoặc có phần đúng; chia thành các mục.",
        },
    ),
    Template(
        "explainer",
        {"en": "Explainer", "vi": "Bài giải thích"},
        {
            "en": "A matter that many get wrong because it is hard: how it works, step by step.",
            "vi": "Chuyện nhiều người hiểu sai vì nó khó: giải thích từng bước.",
        },
    ),
    Template(
        "picture",
        {"en": "Picture or video", "vi": "Ảnh hoặc video"},
        {
            "en": "A picture or video that is not what it is said to be: its first place, its day, what misleads.",
            "vi": "Ảnh hoặc video không đúng như lời kèm theo: nơi đăng đầu tiên, ngày, điều gây hiểu lầm.",
        },
    ),
    Template(
        "not-checkable",
        {"en": "Not checkable", "vi": "Không kiểm chứng được"},
        {
            "en": "An opinion, a prediction, a question or an experience: no rating, and why.",
            "vi": "Ý kiến, dự đoán, câu hỏi hoặc trải nghiệm riêng: không xếp hạng, và vì sao.",
        },
    ),
    Template(
        "correction",
        {"en": "Correction notice", "vi": "Đính chính"},
        {
            "en": "What we got wrong, what is right, how serious it was; then the text as it should have been.",
            "vi": "Chúng tôi đã sai gì, đúng ra là gì, lỗi nặng nhẹ; rồi toàn bài như đáng lẽ phải viết.",
        },
    ),
)

_NAMED = {template.name: template for template in TEMPLATES}

# What means something to Markdown or to lint within a line. A quotation within one has single marks, and a backtick,
# which lint takes for code even behind a backslash, is one.
_MARKUP = re.compile(r"[\\*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|(?<=<)!|(?<=\[)\^|&(?=#|\w+;)|(?<=\{)\{")
_NESTED = str.maketrans("“”`", "‘’'")


def from_template(
    name: str,
    language: str,
    *,
    claims: Sequence[str],
    claim_text: str,
    authors: Sequence[str],
    topics: Sequence[str] = (),
) -> str:
    """The source of a new check; in English where a template is not written in that language.

    Raises `UsageError` for a name that is none.
    """
    if name not in _NAMED:
        raise UsageError(
            "There is no template “{name}”.",
            remedy="These are there: {names}.",
            name=name,
            names=", ".join(_NAMED),
        )
    text = template_text(name, language)
    return filled(text, language=language, claims=claims, claim_text=claim_text, authors=authors, topics=topics)


def template_text(name: str, language: str) -> str:
    """A template as it is written, to copy and change. `name` is one of `TEMPLATES`."""
    written_in = language if language in LANGUAGES else "en"
    return files("factdesk.drafts").joinpath("templates", f"{name}.{written_in}.md").read_text(encoding="utf-8")


def filled(
    text: str,
    *,
    language: str,
    claims: Sequence[str],
    claim_text: str,
    authors: Sequence[str],
    topics: Sequence[str] = (),
    path: str = "",
) -> str:
    """A template, ours or a desk's own, with what is known put in. Without `claim_text` its place stays open.

    Raises `InputError` for front matter that cannot be read.
    """
    said = quotable(claim_text)
    source = text.replace(CLAIM, said) if said else text
    known: dict[str, Sequence[str]] = {"claims": claims, "language": language, "authors": authors, "topics": topics}
    return with_fields(source, path, **{name: value for name, value in known.items() if value})


def quotable(text: str) -> str:
    """A claim's words for use between quotation marks in Markdown: on one line, and none of them markup."""
    return _MARKUP.sub(lambda found: "\\" + found[0], " ".join(text.split())).translate(_NESTED)
