"""Every setting, once: its name, its default and what it does.

The environment variable of a setting is its name in capitals after `PRESSROOM_`.
"""

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self, get_type_hints

PREFIX = "PRESSROOM_"


class Moderation(StrEnum):
    """Which comments wait for a moderator."""

    ALL = "all"
    FIRST = "first"
    NONE = "none"


class InvalidSetting(ValueError):
    """An environment variable whose value cannot be understood; the message names it."""


def setting(default: Any, description: str) -> Any:
    """Declare a setting with its default and what it does."""
    return dataclasses.field(default=default, metadata={"description": description})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How one Pressroom runs."""

    database_url: str = setting(
        "sqlite:///var/pressroom.db", "Where content is stored: sqlite:///file or postgresql://…"
    )
    media_dir: Path = setting(Path("var/media"), "Folder of uploaded files and stored renditions.")
    media_url: str = setting("", "Bucket to store them in instead: s3://bucket/prefix.")
    renditions_bytes: int = setting(
        1_000_000_000, "Stored renditions, in bytes, about; those used longest ago are deleted."
    )
    fonts_dir: str = setting("", "Folder of further fonts for PDF, before those that come along.")
    rendition_workers: int = setting(2, "Processes that make renditions, at the most.")
    rendition_timeout: float = setting(30.0, "Seconds that making one may take.")
    rendition_memory: int = setting(1_000_000_000, "Memory that making one may take, in bytes.")
    rendition_patience: float = setting(
        2.0, "Seconds to wait for one before answering that it is being made."
    )
    rendition_queue: int = setting(100, "Renditions that may be made or wait to be at one time.")
    image_hosts: tuple[str, ...] = setting(
        (), "Hosts whose images PDFs and e-books show, separated by commas."
    )
    public_url: str = setting(
        "", "Address at which this API is reached; taken from each request when empty."
    )
    site_title: str = setting("Pressroom", "Title of the site when its database is new.")
    site_tagline: str = setting("", "Tagline of the site when its database is new.")
    site_url: str = setting(
        "http://127.0.0.1:8000", "Address of the frontend when its database is new."
    )
    site_language: str = setting("en", "Language (BCP 47) of the site when its database is new.")
    revisions_kept: int = setting(0, "Newest revisions of each post that are kept; 0 keeps all.")
    comments_moderation: Moderation = setting(
        Moderation.ALL, "Which comments wait for a moderator: all, first (of a sender) or none."
    )
    comments_edit_minutes: int = setting(15, "Minutes in which a reader may change a comment.")
    comments_purge_days: int = setting(
        90, "Days after which e-mail and network addresses of commenters are deleted."
    )
    cors_origins: tuple[str, ...] = setting(
        (), "Origins whose pages may call the API, separated by commas; * for any."
    )
    graphiql: bool = setting(True, "Whether a browser that opens the GraphQL address gets an IDE.")
    max_body_bytes: int = setting(1_000_000, "Largest request body, in bytes.")
    max_upload_bytes: int = setting(
        20_000_000, "Largest images of a request, all together, in bytes."
    )
    max_image_pixels: int = setting(
        50_000_000, "Largest image that is taken in, in pixels, all its frames together."
    )
    max_tokens: int = setting(2_000, "Tokens in a GraphQL document.")
    max_depth: int = setting(12, "Depth of fields in an operation.")
    max_aliases: int = setting(30, "Aliases in an operation.")
    max_root_fields: int = setting(20, "Root fields in an operation.")
    max_directives: int = setting(50, "Directives in an operation.")
    max_nodes: int = setting(20_000, "Nodes that an operation's page sizes may add up to.")
    plan_cache_size: int = setting(1_000, "Compiled operations that are kept.")
    plan_cache_bytes: int = setting(64_000_000, "Memory that they may take, in bytes, about.")
    answer_cache_bytes: int = setting(
        8_000_000, "Memory for whole answers to the public, in bytes; 0 keeps none."
    )
    row_cache_bytes: int = setting(
        6_000_000, "Memory for what lists show of each row, in bytes, about; 0 keeps none."
    )
    pool_size: int = setting(8, "Connections to PostgreSQL for reading, and as many for writing.")
    reading_threads: int = setting(2, "Threads for reading much from SQLite.")
    statement_timeout: float = setting(3.0, "Seconds a statement that reads may take.")
    pool_timeout: float = setting(2.0, "Seconds to wait for a free connection or thread.")
    write_timeout: float = setting(5.0, "Seconds to wait for the turn to write.")
    request_timeout: float = setting(10.0, "Seconds in which a request must be answered.")
    header_timeout: float = setting(10.0, "Seconds a client may take to send a request's headers.")
    body_timeout: float = setting(30.0, "Seconds it may take to send a body, or to take an answer.")
    keep_alive_timeout: int = setting(5, "Seconds that a connection may wait for its next request.")
    stop_timeout: int = setting(
        20, "Seconds for what is being answered when the server is stopped."
    )
    max_header_bytes: int = setting(65_536, "Largest address and headers together, in bytes.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings that are set, and take the defaults of the others.

        Raises InvalidSetting.
        """
        environment = os.environ if environment is None else environment
        types = get_type_hints(cls)
        given = {
            field.name: _parse(variable, types[field.name], environment[variable])
            for field in dataclasses.fields(cls)
            if (variable := variable_of(field.name)) in environment
        }
        return cls(**given)


def variable_of(name: str) -> str:
    """Name the environment variable of a setting."""
    return PREFIX + name.upper()


_BOOLEANS = {"1": True, "true": True, "yes": True, "on": True} | {
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def _parse(variable: str, kind: Any, text: str) -> Any:
    try:
        if kind is bool:
            return _BOOLEANS[text.strip().lower()]
        if kind == tuple[str, ...]:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        return kind(text)
    except (KeyError, ValueError):
        raise InvalidSetting(f"{variable}: {text!r} is not understood") from None
