"""A site with a search box, and a reader of it in a real browser: `with reading(chromium, folder) as reader`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tests.publish.browsing import served
from tests.publish.plain_site import desk
from tests.publish.search_samples import docs, put_index

from factdesk.publish.render import Page, Renderer
from factdesk.publish.search_index import Doc, index_path

MADE = {language: docs(language) for language in ("en", "vi")}
TEMPLATE = (
    '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% include "search_box.html" %}{% endblock %}'
)


def put_site(folder: Path, made: list[Doc]) -> None:
    """Pages with a box, its script and the index; the page of each language's first check, and what it leads to."""
    (folder / "own").mkdir(parents=True)
    (folder / "own/box.html").write_text(TEMPLATE, encoding="utf-8")
    renderer = Renderer(desk(), frozenset(map(index_path, ("en", "vi"))), folder / "own")
    for language in ("en", "vi"):
        for path in (f"/{language}/", f"/{language}/checks/", f"/{language}/checks/c-0/"):
            page = Page(path, "box.html", language, "Home")
            (folder / page.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / page.file).write_bytes(renderer.render(page))
    with as_file(files("factdesk.publish") / "static") as ours:
        shutil.copytree(ours, folder / "static")
    put_index(folder, made)


@dataclass
class Reader:
    """A tab of a browser, and what it complained of and asked for."""

    page: Any
    url: str
    errors: list[str]
    asked: list[str]

    def go(self, path: str) -> Any:
        self.page.goto(f"{self.url}/{path}")
        return self.page

    def search(self, text: str) -> list[str]:
        """Put a text in, and read the titles that are found."""
        self.page.get_by_role("searchbox").fill(text)
        self.shows(text)
        found: list[str] = self.page.locator("ol.found a").all_inner_texts()
        return found

    def shows(self, text: str) -> None:
        """Wait until what was found for a text is shown."""
        self.page.locator(f"#search[data-found={json.dumps(text.strip(), ensure_ascii=False)}]").wait_for()

    @property
    def said(self) -> str:
        said: str = self.page.get_by_role("status").inner_text()
        return said


@contextmanager
def reading(chromium: Any, folder: Path, **options: Any) -> Iterator[Reader]:
    """Serve a folder and open a tab for it; `options` are those of the browser's context."""
    with served(folder) as url, chromium.new_context(**options) as context:
        made = Reader(context.new_page(), url, [], [])
        made.page.on("console", lambda message: made.errors.append(message.text))
        made.page.on("pageerror", lambda error: made.errors.append(str(error)))
        made.page.on("request", lambda request: made.asked.append(request.url))
        yield made
