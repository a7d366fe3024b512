"""Everything an importer mends or passes over, by its stable code, for reports, the screen and the reference page."""

from __future__ import annotations

SKIPS: dict[str, str] = {
    "no-claim": "The entry states no claim.",
    "not-a-review": "The entry is neither a review nor a row with a claim.",
    "not-a-text": "The row is not an object with id and text.",
    "no-id": "The row has no id.",
    "no-text": "The row has no text.",
    "empty-item": "The feed's entry holds no review.",
    "no-review-in-page": "The page carries no ClaimReview.",
    "bad-json": "This is not valid JSON.",
    "bad-row": "The row cannot be read as CSV.",
    "too-long": "The entry is longer than the limit.",
    "too-deep": "The entry is nested deeper than the limit.",
    "json-cut-short": "The file ends in the middle; everything before was read.",
    "document-too-long": "An entry is longer than the limit; everything before was read, and nothing after.",
    "json-damaged": "The file is damaged here; everything before was read.",
    "compressed-cut-short": "The compressed file ends in the middle; everything before was read.",
    "compressed-damaged": "The compressed file is damaged here; everything before was read.",
    "compressed-too-far": "The file unpacks to far more than its size allows; everything before was read.",
}
"""What is passed over: code → one sentence."""

MENDED: dict[str, str] = {
    "nested-properties": "Fields stood under “properties” and were lifted out.",
    "list-for-one": "A list stood where one value was due; its first was taken.",
    "one-for-list": "One value stood where a list was due.",
    "wrong-type": "A field held something of another kind and was left out.",
    "characters-lost": "Some bytes were no text in the file's encoding and are shown as �.",
    "control-characters": "Control characters were taken out.",
    "html-entities": "HTML entities were decoded.",
    "html-in-text": "HTML tags were taken out.",
    "script-dropped": "A script, style or embedded object was taken out with all it holds.",
    "text-cut": "A text longer than the limit was cut.",
    "bad-url": "An address that is not http or https, or is no address, was left out.",
    "url-scheme": "An address without a proper scheme was given one.",
    "url-tracking": "Tracking parameters were taken off an address.",
    "urls-joined": "Several addresses stood in one value and were parted.",
    "own-url-as-appearance": "The review's own address was given as where the claim was made, and was left out there.",
    "date-format": "A date was rewritten as year, month and day.",
    "date-ambiguous": "A date can be read as two different days and was left out.",
    "date-incomplete": "A date without a day was left out.",
    "date-impossible": "A day that does not exist was left out.",
    "date-unreadable": "A date that cannot be read was left out.",
    "bad-language": "A language that is not known was left out.",
    "rating-number-as-text": "A rating's number was written as text.",
    "rating-words-as-number": "A rating's words stood where its number was due.",
    "rating-negative": "A rating with a negative number is a placeholder; its numbers were left out.",
    "rating-out-of-range": "A rating's number lies outside its own scale; its numbers were left out.",
    "rating-scale": "A rating's scale is missing or runs backwards; its numbers were left out.",
    "rating-missing": "The review has no rating in words.",
    "publisher-as-url": "The publisher's name was an address and was left out.",
    "encoding-assumed": "The file does not say how its text is encoded; the encoding was guessed.",
}
"""What is mended: code → one sentence. The review is kept."""

REPAIRS: dict[str, str] = SKIPS | MENDED
