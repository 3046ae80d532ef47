"""Entities that no session knows: values under the names of columns, and no more."""

from collections.abc import Mapping
from typing import Any, TypeVar

from ..content.base import Base

Entity = TypeVar("Entity", bound=Base)


def detached(kind: type[Entity], values: Mapping[str, Any]) -> Entity:
    """Make an entity that is never to be given to a session.

    Sessions are told of each value that is set; where there is none, that is half the cost of
    storing a comment's row.
    """
    entity = kind()
    vars(entity).update(values)
    return entity
