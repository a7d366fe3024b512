"""Every error a user can meet, as one tree.

    FactdeskError                 exit 1   500
    ├── UsageError                exit 2   400   the command was asked in a way it cannot take
    ├── InputError                exit 3   422   a file, row or message that cannot be read
    │   └── ExtractError                         a document whose text cannot be taken out
    │       ├── UnknownKindError                 of a kind that is not read here
    │       ├── DamagedError                     not what it says it is, or cut off
    │       ├── ProtectedError                   it asks for a password
    │       └── LimitError                       it needs more bytes, pages, memory or time than it may have
    ├── NotFoundError             exit 4   404   nothing has that id, name or address
    ├── DeskError                 exit 5   503   the desk itself cannot be used
    │   ├── NoDeskError                          there is no desk here
    │   ├── DeskVersionError                     made by a newer factdesk, or not yet upgraded
    │   ├── DeskReadOnlyError                    the folder or database refuses writes
    │   └── DeskBusyError                        someone else is writing
    ├── ResourceError             exit 6   507   the machine lacks room, memory, a program or a model
    ├── NetworkError              exit 7   502   an address could not be fetched
    │   └── RefusedAddressError                  an address that must not be fetched
    ├── RefusedError              exit 8   403   a rule of the desk forbids it, or it is not yet met
    └── IntegrityError            exit 1   409   what should verify does not

A message is an English template with named places, which is also the key of its translation
(`factdesk.wording`): one sentence on what went wrong, `place` says where, `remedy` what to do.
"""

from __future__ import annotations

from typing import ClassVar


class FactdeskError(Exception):
    """An error with words for the person who meets it."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, /, *, place: str = "", remedy: str = "", **values: object) -> None:
        self.message = message
        self.place = place
        self.remedy = remedy
        self.values = values
        super().__init__(message, place, remedy, values)

    def __str__(self) -> str:
        """The error in English, on one line."""
        head = f"{self.place}: " if self.place else ""
        tail = f" {self.remedy.format(**self.values)}" if self.remedy else ""
        return f"{head}{self.message.format(**self.values)}{tail}"


class UsageError(FactdeskError):
    """The command was asked in a way it cannot take."""

    exit_code = 2
    http_status = 400


class InputError(FactdeskError):
    """A file, row or message cannot be read as what it should be."""

    exit_code = 3
    http_status = 422


class ExtractError(InputError):
    """A document's text cannot be taken out."""


class UnknownKindError(ExtractError):
    """A document of a kind that is not read here."""


class DamagedError(ExtractError):
    """A document that is not what it says it is, or is cut off."""


class ProtectedError(ExtractError):
    """A document that asks for a password."""


class LimitError(ExtractError):
    """A document that needs more bytes, pages, pixels, memory or time than it may have."""


class NotFoundError(FactdeskError):
    """Nothing has that id, name or address."""

    exit_code = 4
    http_status = 404


class DeskError(FactdeskError):
    """The desk itself cannot be used."""

    exit_code = 5
    http_status = 503


class NoDeskError(DeskError):
    """There is no desk where one was looked for."""


class DeskVersionError(DeskError):
    """The desk was made by a newer factdesk, or waits for `factdesk upgrade`."""


class DeskReadOnlyError(DeskError):
    """The folder or database refuses writes."""


class DeskBusyError(DeskError):
    """Someone else is writing to the desk."""


class ResourceError(FactdeskError):
    """The machine lacks disk space, memory, a program or a model."""

    exit_code = 6
    http_status = 507


class NetworkError(FactdeskError):
    """An address could not be fetched."""

    exit_code = 7
    http_status = 502


class RefusedAddressError(NetworkError):
    """An address that must not be fetched: another scheme, or a private network."""


class RefusedError(FactdeskError):
    """A rule of the desk forbids it, or what it asks for is not met yet."""

    exit_code = 8
    http_status = 403


class IntegrityError(FactdeskError):
    """Something that should verify does not."""

    exit_code = 1
    http_status = 409
