from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.text.numbers import numbers

CASES: dict[str, list[tuple[float, str, str]]] = {
    "3,5 triệu người": [(3_500_000, "person", "number")],
    "3,5 trieu dong": [(3_500_000, "VND", "money")],
    "3.5 million people": [(3_500_000, "person", "number")],
    "1.000.000 đồng": [(1_000_000, "VND", "money")],
    "giá 1.500 đồng": [(1500, "VND", "money")],
    "1,234.5 km": [(1234.5, "km", "number")],
    "rose 5% in 2020": [(5, "%", "percent"), (2020, "", "year")],
    "90 phần trăm": [(90, "%", "percent")],
    "५० प्रतिशत": [(50, "%", "percent")],
    "$5m and 5m": [(5_000_000, "USD", "money"), (5, "m", "number")],
    "122 tỷ euro (130 tỷ USD)": [(122e9, "EUR", "money"), (130e9, "USD", "money")],
    "-5°C or 40 độ C": [(-5, "°C", "number"), (40, "°C", "number")],
    "COVID-19, B12, 5G and H1N1": [],
    "hai mươi lăm ngày": [(25, "day", "number")],
    "một trăm hai mươi nghìn": [(120_000, "", "number")],
    "hai nghìn ba trăm": [(2300, "", "number")],
    "hai triệu rưỡi đồng": [(2_500_000, "VND", "money")],
    "2 triệu rưỡi": [(2_500_000, "", "number")],
    "ba trieu nguoi": [(3_000_000, "person", "number")],
    "three days": [(3, "day", "number")],
    "ba ngày": [(3, "day", "number")],
    "anh ba đi năm ngoái": [],
    "two hundred and five people": [(205, "person", "number")],
    "half a million dollars": [(500_000, "USD", "money")],
    "5-10 days": [(5, "day", "number"), (10, "day", "number")],
    "1 000 000 euros": [(1_000_000, "EUR", "money")],
    "٣٫٥ مليون": [(3_500_000, "", "number")],
    "๑๐๐ คน": [(100, "person", "number")],
    "January 14, 2020": [(20200114, "", "date")],
    "14 January 2020": [(20200114, "", "date")],
    "2020-01-14": [(20200114, "", "date")],
    "ngày 14 tháng 3 năm 2020": [(20200314, "", "date")],
    "ngày 18-3": [(318, "", "date")],
    "tháng 5": [(500, "", "date")],
    "the first man, the 2nd time": [(1, "", "ordinal"), (2, "", "ordinal")],
    "10:30 https://a.b/123": [],
    "one day": [],
    "": [],
}


@pytest.mark.parametrize("text", CASES)
def test_numbers(text: str) -> None:
    assert [(item.value, item.unit, item.kind) for item in numbers(text)] == CASES[text]


def test_language_decides_what_a_point_means() -> None:
    assert numbers("1.500", "en")[0].value == 1.5
    assert numbers("1.500", "vi")[0].value == 1500
    assert numbers("03/04/2020", "en")[0].value == 20200304
    assert numbers("03/04/2020", "vi")[0].value == 20200403


@given(st.text() | st.text(st.sampled_from("0123456789.,-/% $€kmtr một hai triệu năm")))
def test_spans_are_ordered_apart_and_hold_what_was_read(text: str) -> None:
    last = 0
    for item in numbers(text):
        assert last <= item.span.start < item.span.end <= len(text)
        last = item.span.end


@given(st.integers(0, 999), st.integers(0, 999), st.integers(1, 999))
def test_grouped_integers_are_read_in_both_ways(units: int, thousands: int, millions: int) -> None:
    value = millions * 1_000_000 + thousands * 1000 + units
    assert numbers(f"{value:,} people", "en")[0].value == value
    assert numbers(f"{value:,} người".replace(",", "."), "vi")[0].value == value


def test_long_texts_do_not_hang() -> None:
    assert numbers("1" * 5000)
    assert len(numbers("1 " * 20_000)) == 20_000
    numbers("một trăm " * 5000)
    numbers("1," * 50_000)
