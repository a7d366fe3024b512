"""The words of quantities: multipliers, units, currencies and number words, in their plain and folded spellings."""

from __future__ import annotations


def _table(lines: str) -> dict[str, str]:
    """`key: spelling, spelling` per line, turned round. Deeper lines go on."""
    table: dict[str, str] = {}
    for line in lines.strip().replace("\n        ", " ").splitlines():
        key, _, spellings = line.strip().partition(": ")
        table.update({spelling.strip(): key for spelling in spellings.split(",")})
    return table


def _numbers(lines: str) -> dict[str, float]:
    return {spelling: float(key) for spelling, key in _table(lines).items()}


MULTIPLIERS = _numbers(
    """
    100: hundred, hundreds, trăm, tram
    1000: thousand, thousands, nghìn, nghin, ngàn, ngan, mil, mille, tausend, duizend, ribu, हजार,
        हज़ार, ألف, آلاف, tys, พัน
    10000: vạn, หมื่น
    100000: lakh, lakhs, lac, lacs, लाख, แสน
    1000000: million, millions, mn, mln, triệu, trieu, millón, millones, milhão, milhões, milhao,
        milhoes, millionen, miljoen, juta, مليون, ملايين, milionów, ล้าน
    10000000: crore, crores, करोड़
    1000000000: billion, billions, bn, bln, tỷ, tỉ, ty, ti, milliard, milliards, milliarde, milliarden,
        miljard, bilhão, bilhões, bilhao, bilhoes, miliar, miliard, مليار
    1000000000000: trillion, trillions, trn, trilhão, trilhões, triliun
    """
)
# Read as multipliers only when joined to the digits, or after a sign of money.
SHORT_MULTIPLIERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "tr": 1e6}

CURRENCIES = _table(
    """
    USD: $, us$, usd, dollar, dollars, bucks, đô, đô la, do la, đô-la, dólares, dólar, dolares, دولار, डॉलर
    EUR: €, eur, euro, euros
    GBP: £, gbp, pound sterling, bảng, bảng anh
    JPY: ¥, jpy, yen, yên
    VND: ₫, vnd, vnđ, đồng, dong, đ
    INR: ₹, inr, rs, rs., rupee, rupees, रुपये, रुपए
    CNY: cny, rmb, yuan, nhân dân tệ, tệ
    BRL: r$, brl, reais
    """
)

UNITS = _table(
    """
    %: %, ٪, percent, per cent, pct, phần trăm, phan tram, por ciento, por cento, pour cent, prozent,
        procent, peratus, persen, प्रतिशत, بالمئة
    point: percentage point, percentage points, điểm phần trăm
    °C: °c, ºc, ℃, độ c, do c, degrees celsius, celsius
    °F: °f, ºf, degrees fahrenheit, fahrenheit
    degree: °, º, độ, degree, degrees
    km: km, kms, kilometre, kilometres, kilometer, kilometers, kilômét, ki-lô-mét, cây số, cay so
    m: m, metre, metres, meter, meters, mét, met
    cm: cm, centimetre, centimetres, centimeter, centimeters
    mm: mm, millimetre, millimetres, millimeter, millimeters
    mile: mile, miles, dặm
    foot: foot, feet, ft
    inch: inch, inches
    km²: km2, km², sq km, square kilometres, square kilometers
    m²: m2, m², square metres, square meters, mét vuông, met vuong
    hectare: hectare, hectares, ha, héc ta
    acre: acre, acres
    kg: kg, kgs, kilo, kilos, kilogram, kilograms, cân, ký, kí, ki-lô-gam
    g: g, gr, gram, grams, gam
    mg: mg, milligram, milligrams
    µg: µg, mcg, microgram, micrograms
    tonne: tonne, tonnes, ton, tons, tấn, tan
    pound: lb, lbs, pound, pounds
    litre: l, litre, litres, liter, liters, lít, lit
    ml: ml, millilitre, millilitres, milliliter, milliliters
    second: second, seconds, sec, secs, giây, giay, segundos
    minute: minute, minutes, min, mins, phút, phut, minutos, minuten
    hour: hour, hours, hr, hrs, giờ, gio, tiếng, tieng, horas, heures, stunden, uur, jam, घंटे
    day: day, days, ngày, ngay, días, dias, jours, tage, dagen, hari, दिन, วัน, أيام, يوم
    week: week, weeks, tuần, tuan, semanas, semaines, wochen, weken, minggu
    month: month, months, tháng, thang, meses, mois, monate, maanden, bulan
    year: year, years, yr, yrs, year-old, năm, nam, tuổi, tuoi, años, anos, ans, jahre, jaar, tahun,
        साल, वर्ष, ปี, lat
    decade: decade, decades, thập kỷ, thap ky
    century: century, centuries, thế kỷ, the ky
    person: people, person, persons, người, nguoi, personas, pessoas, personnes, menschen, mensen,
        orang, लोग, लोगों, คน
    child: child, children, trẻ, trẻ em, tre em, kids
    death: death, deaths, dead, ca tử vong, ca tu vong, người chết, nguoi chet
    case: case, cases, ca, ca nhiễm, ca nhiem, ca mắc, casos
    dose: dose, doses, liều, lieu, mũi, mui
    time: times, lần, lan, veces, vezes, fois, kali
    kwh: kwh
    mw: mw, megawatt, megawatts
    """
)

# Number words that are numbers wherever they stand.
PLAIN = _numbers(
    """
    0: zero
    2: two, hai
    3: three
    4: four
    5: five
    6: six
    7: seven
    8: eight
    9: nine
    10: ten, mười, muoi
    11: eleven
    12: twelve, dozen
    13: thirteen
    14: fourteen
    15: fifteen
    16: sixteen
    17: seventeen
    18: eighteen
    19: nineteen
    20: twenty
    30: thirty
    40: forty
    50: fifty
    60: sixty
    70: seventy
    80: eighty
    90: ninety
    """
)
# Number words that also are other words (`năm` year, `ba` father, `sau` after): only before a multiplier or unit.
DOUBTFUL = _numbers(
    """
    0.5: half, nửa
    1: one, a, an, một, mot
    3: ba
    4: bốn, bon, tư
    5: năm, lăm, lam, nhăm
    6: sáu
    7: bảy, bẩy, bay
    8: tám, tam
    9: chín, chin
    """
)
# The same once more, for words that are numbers only inside a larger one.
INSIDE = _numbers(
    """
    1: mốt
    4: tư
    5: nam, lăm, lam
    6: sau
    """
)
TENS = frozenset(("mươi", "muoi", "chục", "chuc"))
JOINTS = frozenset(("and", "lẻ", "linh", "le"))
HALVES = frozenset(("rưỡi", "ruoi", "rưởi"))
_ORDINAL_NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINALS = {name: float(value + 1) for value, name in enumerate(_ORDINAL_NAMES)}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
