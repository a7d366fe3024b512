"""A check with everything that comes back from Word, in both languages, in normal form. Said of nobody real."""

from __future__ import annotations

import unicodedata

_BODY = """# Heading *one* & “two”

Plain **bold** *italic* ***both*** ~~gone~~ `code  x` and [a link](https://example.org "A title") with “a quotation”[^cite:0197a3c2-1111-7000-8000-000000000001]. Two  spaces.

Second line\\
after a break, <https://vi.example/wiki/Hà_Nội?q=1#phần> and [percent](https://example.org/a%20b/%E1%BA%A1?x=1&y=2#frag), [mail](mailto:a@b.example), [near](../other/page.md), <m@x.example>.

<!-- lint: FD305 the word stands in the court's own decision -->

## Heading two

### Heading three

- first
- second **bold**
  - nested
  - nested two
    1. deep
    2. deep two

  continued in second

- third

3. three
4. four

1) other
2) other two

> “A quoted block”[^cite:0197a3c3] with *emphasis*
>
> second paragraph

> another quote

> - item in quote
> - item two

| Year | Amount | Side |
| --- | :---: | ---: |
| 2022 | a \\| b | x<br>y |
| 2023 | [l](https://e.example/) | [^cite:abc] |

| Second |
| --- |
| table |

````python
def f():
\treturn "```"  # tab
````

```
plain code

  indented
```

![A carp, seen from above](https://example.org/carp.jpg) and ![](https://example.org/none.jpg "T").

[![linked](https://e.example/p.png)](https://e.example/)

<div class="x">
raw html
</div>

> > nested
> quote

---

😀 שלום مرحبا. A <b>raw</b> inline <!-- lint: FD301 why --> comment. Non\u2011breaking hyphen, soft\u00adhyphen, no\u00a0break.

1984\\. A year. # not a heading, 2 * 3, a_b, \\*x\\*, \\<b>, AT&T, [sic], [a\\](b).
"""  # noqa: E501

ENGLISH = (
    """---
title: "What goldfish can remember: months"
claims:
  - text: A goldfish forgets everything after three seconds
    claimant: Pond Talk
    kind: checkable
    appearance: "https://pondtalk.example/post/71"
  - "0197a3c2"
rating: "false"
summary: |-
  Two lines
  of summary with “quotes”
language: en
authors: [ada, "Smith, J"]
topics: []
x:
  a:
    b: ["1", "2"]
reason:
---
"""
    + _BODY
)

_NFD = unicodedata.normalize("NFD", "Điều này viết bằng dấu rời: ngày kia, những người nông dân nuôi ếch.")

VIETNAMESE = f"""---
id: 0197a3c2-1111-7000-8000-000000000001
revision: "0197a3c9"
title: Cá vàng nhớ được hàng tháng trời
claims: ["0197a3c2"]
rating: "false"
summary: "Cá vàng được huấn luyện vẫn nhớ dấu hiệu cho ăn sau nhiều tháng: không phải ba giây."
language: vi
authors: [lan]
topics: [động vật, trí nhớ]
---
Cá vàng **nhớ được hàng tháng**: “con cá đã học nhấn cần gạt vẫn làm được điều đó sau ba tháng”[^cite:0197a3c2].

## Bằng chứng

{_NFD}

> “Những con cá ấy không hề quên”[^cite:0197a3c4].

- Ưỡn ẹo, nghiêng ngả, khuỷu tay, thuở ấy
- *Ằng ẳng*, ngoằn ngoèo, quyển sách, ruộng nương

<!-- lint: FD305 từ ấy nằm trong chính bản án -->

Nhận định nói rằng ~~bảy~~ ba giây – và chỉ có thế.
"""
