"""A waiver without a reason, of a rule that cannot be waived, or of no rule at all.

Why: A waiver is shown to readers with its reason, so that they can judge it. One without a reason waives nothing;
neither does one of a rule that holds what the desk has promised. It cannot be waived.

Bad: <!-- lint: FD305 -->
Good: <!-- lint: FD305 the word stands in the court's own decision -->

vi: Bỏ qua quy tắc mà không nêu lý do, hoặc bỏ qua quy tắc không thể bỏ qua hay không hề có.

Vì sao: Mỗi lần bỏ qua được cho độc giả thấy cùng lý do để họ tự đánh giá. Không có lý do thì không bỏ qua được gì;
quy tắc giữ lời hứa của bàn cũng vậy. Quy tắc này không thể bỏ qua.

Sai: <!-- lint: FD305 -->
Đúng: <!-- lint: FD305 từ này nằm trong chính bản án -->
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD506"
LEAST = 8
"""Letters of a reason: "ok" and "see above" are none."""
_NO_REASON = "The waiver of {code} gives no reason, and so waives nothing."
_HOLDS = "{code} cannot be waived."
_UNKNOWN = "There is no rule {code} to waive."


def check(draft: Draft) -> Iterator[Finding]:
    """Waivers that do nothing, or that readers could not judge."""
    from factdesk.lint.rules import rule_named

    for waiver in draft.waivers:
        rule = rule_named(waiver.code)
        values = {"code": waiver.code}
        if rule is None:
            yield Finding(CODE, waiver.span, Reason(CODE, _UNKNOWN, values))
        elif not rule.waivable:
            yield Finding(CODE, waiver.span, Reason(CODE, _HOLDS, values))
        elif sum(letter.isalpha() for letter in waiver.reason) < LEAST:
            yield Finding(CODE, waiver.span, Reason(CODE, _NO_REASON, values))


RULE = Rule(CODE, "waiver-without-reason", "error", check, waivable=False)
