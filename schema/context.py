"""What one request brings with it."""

from dataclasses import dataclass
from typing import Any

from pressroom.cms.actors import Actor
from pressroom.cms.plugins import Services
from pressroom.cms.store.scope import Moment


@dataclass(frozen=True, slots=True)
class Context:
    """What one request brings with it: who asks, when, and under which address.

    In a dry run `rehearsal` is the session that changes are made in, to be undone.
    """

    services: Services
    actor: Actor
    moment: Moment
    rehearsal: Any = None
