"""Where a desk is and how it is set: built once, frozen, handed down.

A desk is a folder holding `desk.toml`, or a database URL. Settings come from, strongest first: a command's option,
a `FACTDESK_…` variable, `desk.toml`, the default here. `SETTINGS` describes each one; the reference page is made
from it.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from factdesk.errors import InputError, NoDeskError

DESK_FILE = "desk.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings reference."""

    name: str
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"FACTDESK_{self.name.upper()}"


SETTINGS = (
    Setting("desk", "the folder one stands in, or the nearest one above it", "Folder or database URL of the desk."),
    Setting("ui_language", "the locale's", "Language of messages: en or vi."),
    Setting("name", "the folder's name", "Name under which the desk publishes."),
    Setting("language", "en", "Language the desk writes in: a BCP-47 code."),
    Setting("url", "none", "Address of the desk's site."),
    Setting(
        "database",
        "record.sqlite in the desk's folder",
        "SQLAlchemy URL of the record, when it is not in the folder.",
    ),
    Setting("encoder", "e5-small", "Sentence encoder: e5-small, or the name of a model that an extra provides."),
    Setting("search", "embedded", "Search driver: embedded, or a Qdrant URL."),
    Setting("models_dir", "the user's cache folder", "Where weights and what is made from them are kept."),
    Setting("threads", "the number of processors", "Threads of the encoder."),
    Setting("actor", "the name one is logged in under", "Who acts where --as does not say: a person of the desk."),
    Setting("debug", "no", "Whether an error shows its traceback: 1 for yes; a variable only."),
    Setting(
        "keys_dir",
        "keys in the user's settings folder",
        "Folder of your private keys, outside every desk; a variable only.",
    ),
    Setting(
        "pins",
        "pins.txt in the user's settings folder",
        "File of the fingerprints that you pinned; a variable only.",
    ),
    Setting(
        "passphrase",
        "asked for",
        "Passphrase of your key where no terminal can ask for it; a variable only.",
    ),
    Setting("allow_private", "no", "Whether `import` and `sync` may fetch from private networks: yes or no."),
)


@dataclass(frozen=True, slots=True)
class DeskConfig:
    """One desk, resolved.

    `folder` holds desk.toml, reports and everything derived (`index/`, `cache/`); for a desk given as a database URL
    it is a folder in the user's cache, since everything in it can be made again.
    """

    folder: Path
    database_url: str
    name: str
    language: str = "en"
    url: str = ""
    encoder: str = "e5-small"
    search: str = "embedded"
    allow_private: bool = False
    actor: str = ""

    @property
    def index_dir(self) -> Path:
        """The search index: derived, safe to delete."""
        return self.folder / "index"

    @property
    def cache_dir(self) -> Path:
        """Recent messages and other conveniences: safe to delete."""
        return self.folder / "cache"

    @property
    def reports_dir(self) -> Path:
        """What each import skipped or repaired, one file a run."""
        return self.folder / "reports"

    @property
    def is_sqlite(self) -> bool:
        """Whether the record is one SQLite file."""
        return self.database_url.startswith("sqlite")


def models_dir(env: Mapping[str, str] = os.environ) -> Path:
    """Where weights and what is made from them are kept, for all desks of a user."""
    return (
        Path(env["FACTDESK_MODELS_DIR"]) if env.get("FACTDESK_MODELS_DIR") else user_cache_path("factdesk") / "models"
    )


def threads(env: Mapping[str, str] = os.environ) -> int:
    """Threads of the encoder."""
    given = env.get("FACTDESK_THREADS", "")
    return int(given) if given.isdigit() and int(given) > 0 else (os.cpu_count() or 1)


def find_desk(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a desk."""
    for folder in (start, *start.parents):
        if (folder / DESK_FILE).is_file():
            return folder
    return None


def load_desk(asked: str | None, env: Mapping[str, str] = os.environ, cwd: Path | None = None) -> DeskConfig:
    """The desk that was asked for by option, variable or place.

    Raises `NoDeskError` when there is none, `InputError` when its file cannot be read.
    """
    place = asked or env.get("FACTDESK_DESK") or ""
    if "://" in place:
        return _from_url(place, env)
    folder = Path(place) if place else find_desk(cwd or Path.cwd())
    if folder is None:
        raise NoDeskError(
            "There is no desk here.", remedy="Make one with: factdesk init my-desk, or name one with --desk."
        )
    if not (folder / DESK_FILE).is_file():
        raise NoDeskError("{folder} is not a desk.", remedy="Make one with: factdesk init {folder}", folder=str(folder))
    return _from_folder(folder.resolve(), env)


def _from_url(url: str, env: Mapping[str, str]) -> DeskConfig:
    digest = hashlib.sha256(url.encode()).hexdigest()[:16]
    folder = user_cache_path("factdesk") / "desks" / digest
    return _with_env({"name": url.rsplit("/", 1)[-1], "database": url}, folder, env)


def _from_folder(folder: Path, env: Mapping[str, str]) -> DeskConfig:
    path = folder / DESK_FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            "The desk's settings cannot be read: {why}.",
            place=str(path),
            remedy="Mend the file, or restore a backup.",
            why=error,
        ) from error
    return _with_env({key: str(value) for key, value in data.items()}, folder, env)


def _with_env(data: Mapping[str, str], folder: Path, env: Mapping[str, str]) -> DeskConfig:
    def get(name: str, default: str) -> str:
        return env.get(f"FACTDESK_{name.upper()}") or data.get(name) or default

    return DeskConfig(
        folder=folder,
        database_url=normal_url(get("database", f"sqlite:///{folder / 'record.sqlite'}")),
        name=get("name", folder.name),
        language=get("language", "en"),
        url=get("url", ""),
        encoder=get("encoder", "e5-small"),
        search=get("search", "embedded"),
        allow_private=get("allow_private", "no").lower() in ("yes", "true", "1"),
        actor=get("actor", ""),
    )


def normal_url(url: str) -> str:
    """A database URL with the driver that factdesk uses for PostgreSQL."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
