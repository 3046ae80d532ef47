"""What a plugin is: a name, and slots for what it adds."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData
from starlette.routing import BaseRoute

from ..http.operations import Executor
from ..media.images.library import Library
from ..media.storage import Storage
from ..renditions.formats.format import Format, Formats
from ..renditions.press.press import Press
from ..settings import Settings
from ..store.database import Database
from ..store.events import Event

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Services:
    """What lasts as long as the application, and plugins build on."""

    database: Database
    settings: Settings
    formats: Formats
    storage: Storage
    press: Press
    images: Library


@dataclass(frozen=True, slots=True)
class Handler:
    """A function that is called with each event of some kinds, in the order of commits.

    It is called after the commit, by one process at a time, and at least once: after a crash, an
    event may come again. An event on which it raises, or takes longer than 25 seconds, comes again
    too, after 1, 2, 4 and at last every 300 seconds, before any later one. The `name` is what its
    place in the journal is kept by; when it is new, it is told of what happens from then on.
    """

    name: str
    events: tuple[type[Event], ...]
    call: Callable[[Services, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """What a distribution adds; each slot but the name may be left empty.

    `schema` adds fields to types of the GraphQL schema: by the name of a type (`Mutation` and
    `Query` are types), a class whose fields it gets, written as the plugin that answers requests
    wants it. `tables` are its own, and `migrations` the folder of the revisions that make them: a
    branch of Alembic's, labelled with the plugin's name. `handlers` are told what happened.
    `formats` are further renditions, and `routes` further addresses.

    `executor` makes what answers GraphQL requests, from all plugins, and only one plugin can;
    `sdl` prints, in the schema definition language, what may be asked of it.

    Raises ValueError for a name that is not in small letters, digits and underscores.
    """

    name: str
    schema: Mapping[str, type] = field(default_factory=dict)
    tables: MetaData | None = None
    migrations: Path | None = None
    handlers: Sequence[Handler] = ()
    formats: Sequence[Format] = ()
    routes: Callable[[Services], Sequence[BaseRoute]] | None = None
    executor: "Callable[[Services, Sequence[Plugin]], Executor] | None" = None
    sdl: "Callable[[Sequence[Plugin]], str] | None" = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            message = f"{self.name!r} names no plugin: small letters, digits and underscores do"
            raise ValueError(message)
