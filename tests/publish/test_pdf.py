"""A check for paper: what stands on it, in which letters, the same each time, and made of nothing but the site."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import absent
from tests.publish.papers import CLAIM, STATIC, TITLE, drawn, inside, needed, page_of, pdf_in, picture, read
from tests.publish.plain_site import BASE

from factdesk.capture.extract.ocr import read_picture
from factdesk.errors import LimitError, ResourceError
from factdesk.publish.pdf import MOST, check_pdf, pdf_key, pdf_path, put_pdf

AGAIN = """
import hashlib, sys
from tests.publish.papers import pdf_in
print(hashlib.sha256(pdf_in(sys.argv[1])).hexdigest())
"""
LACKING = """
from factdesk.errors import ResourceError
from factdesk.publish.pdf import require_pdf
try:
    require_pdf()
except ResourceError as error:
    print(error)
"""


def test_a_sheet_has_what_a_reader_needs_to_run_it_again() -> None:
    one, _ = page_of()
    sheet = read(pdf_in("en"))
    assert one.bundle is not None
    assert len(sheet.pages) == 1
    for part in (one.statement.title, one.claims[0].text, one.statement.rating.name, "1 / 1"):
        assert part in sheet.text
    assert f"{BASE}{one.path}" in sheet.text
    assert f"{BASE}{one.bundle.path}" in sheet.text
    run_on = sheet.text.replace(" ", "").replace("\ufffe", "")
    for part in (one.bundle.digest, one.signer.fingerprint, "factdeskverify", f"{BASE}/en/contact/"):
        assert part in run_on
    assert "Get the bundle" not in sheet.text
    assert "Send us a claim" not in sheet.text


def test_it_says_what_it_is_and_can_be_read_aloud() -> None:
    sheet = read(pdf_in("vi"))
    assert sheet.tagged
    assert sheet.about["Title"] == TITLE
    assert sheet.about["Author"] == "Đỗ Hữu, Riverside Desk"
    assert sheet.about["CreationDate"].startswith("D:20260103030405")
    assert b"/Lang (vi)" in inside(pdf_in("vi"))
    assert b"/DisplayDocTitle true" in inside(pdf_in("vi"))


def test_vietnamese_is_drawn_as_it_is_written() -> None:
    """Read off the picture: a text that can be copied out says nothing of how its letters look."""
    try:
        found = read_picture(*picture(pdf_in("vi")), seconds=60, place="")
    except ResourceError as error:
        absent(str(error))
    seen = " ".join(each.text for each in found).split()
    written = f"{TITLE} “{CLAIM}”".split()
    # Tesseract takes some marks for others.
    assert sum(word in seen for word in written) / len(written) > 0.85
    assert CLAIM in read(pdf_in("vi")).text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_same_page_gives_the_same_bytes(language: str) -> None:
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "PYTHONPATH": os.pathsep.join(sys.path)}
    again = subprocess.run([sys.executable, "-c", AGAIN, language], env=other, capture_output=True, check=True)
    assert again.stdout.decode().strip() == hashlib.sha256(pdf_in(language)).hexdigest()


def test_a_typeface_of_the_desks_own_is_used_and_gives_the_same_bytes(tmp_path: Path) -> None:
    needed()
    (tmp_path / "site.css").write_text(
        "@font-face { font-family: Own; src: url(own.woff2); } html { font-family: Own; }", encoding="utf-8"
    )
    shutil.copyfile(STATIC / "fonts/faustina-latin.woff2", tmp_path / "own.woff2")
    one, html = page_of()
    made = [check_pdf(html, BASE + one.path, BASE, [tmp_path, STATIC]) for _ in range(2)]
    assert made[0] == made[1]
    assert b"+Own-Bold" in inside(made[0])


def test_a_pdf_is_made_once_and_kept(tmp_path: Path) -> None:
    needed()
    one, html = page_of()
    cache, sites = tmp_path / "cache", [tmp_path / name for name in "abc"]
    for folder in sites:
        shutil.copytree(STATIC, folder / "static")
    path = put_pdf(html, one.path, BASE, sites[0], cache)
    assert path == pdf_path(one.path) == "en/checks/carrots-1/check.pdf"
    assert (sites[0] / path).read_bytes() == pdf_in("en")
    (kept,) = (cache / "pdf").iterdir()
    kept.write_bytes(b"kept")
    put_pdf(html, one.path, BASE, sites[1], cache)
    assert (sites[1] / path).read_bytes() == b"kept"
    with (sites[2] / "static/site.css").open("a", encoding="utf-8") as style:
        style.write("h1 { color: red; }")
    put_pdf(html, one.path, BASE, sites[2], cache)
    assert (sites[2] / path).read_bytes() not in (b"kept", pdf_in("en"))


def test_a_sheet_is_kept_when_only_the_ways_through_the_site_change() -> None:
    needed()
    one, html = page_of()
    address = BASE + one.path
    other = html.replace(b"</nav>", b'<a href="../">A new list</a></nav>').replace(
        b"</head>", b"<script>1</script></head>"
    )
    assert other != html
    assert pdf_key(other, address, [STATIC]) == pdf_key(html, address, [STATIC])
    assert check_pdf(other, address, BASE, [STATIC]) == pdf_in("en")
    said = html.replace(b"They help only", b"They help")
    assert pdf_key(said, address, [STATIC]) != pdf_key(html, address, [STATIC])
    assert pdf_key(html, address + "a/", [STATIC]) != pdf_key(html, address, [STATIC])


def test_a_page_that_is_too_long_has_none(tmp_path: Path) -> None:
    needed()
    (tmp_path / "static").mkdir()
    html = b"<h1>a</h1>" + b" " * MOST
    with pytest.raises(LimitError, match="too long"):
        check_pdf(html, f"{BASE}/en/checks/a/", BASE, [STATIC])
    assert put_pdf(html, "/en/checks/a/", BASE, tmp_path, tmp_path / "cache") == ""
    assert not (tmp_path / "en").exists()


@pytest.mark.parametrize(
    ("source", "what"),
    [("raise ImportError", "pip install 'factdesk[pdf]'"), ("raise OSError('no library')", "libpango-1.0-0")],
)
def test_what_is_missing_is_named(tmp_path: Path, source: str, what: str) -> None:
    (tmp_path / "weasyprint.py").write_text(source, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    done = subprocess.run([sys.executable, "-c", LACKING], env=env, capture_output=True, check=True)
    assert what in done.stdout.decode()


def test_pictures_that_are_cut_off_stay_refused_elsewhere() -> None:
    from PIL import ImageFile

    pdf_in("en")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_an_address_that_no_code_can_hold_is_printed_in_letters() -> None:
    needed()
    path = f"/en/checks/{'a' * 1_100}/"
    sheet = read(check_pdf(page_of()[1], BASE + path, BASE, [STATIC]))
    assert "aaaaaaaaaa" in sheet.text


def test_an_address_cannot_end_the_style_that_it_stands_in() -> None:
    needed()
    address = f'{BASE}/en/checks/"; }} }} h1 {{ display: none; /'
    assert "A title" in read(check_pdf(b"<h1>A title</h1>", address, BASE, [STATIC])).text


@pytest.mark.attack
@pytest.mark.parametrize("depth", [50, 3_000])
def test_deep_markup_ends_in_a_pdf_or_none(tmp_path: Path, depth: int) -> None:
    needed()
    shutil.copytree(STATIC, tmp_path / "static")
    html = b"<div>" * depth + b"deep" + b"</div>" * depth
    path = put_pdf(html, "/en/checks/a/", BASE, tmp_path, tmp_path / "cache")
    assert (path == "") == (depth > 50)
    if path:
        assert "deep" in read((tmp_path / path).read_bytes()).text


_PRINTED = b"""<link rel="stylesheet" href="/static/site.css">
<link rel="stylesheet" href="/static/print.css" media="print">
<h1>On it</h1><p class="noprint">Not</p>"""


def test_what_is_not_for_paper_is_left_out() -> None:
    text = read(drawn(_PRINTED)).text
    assert "On it" in text
    assert "Not" not in text
