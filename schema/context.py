"""What one request brings with it."""

from typing import Any, NamedTuple

from pressroom.cms.actors import Actor
from pressroom.cms.plugins import Services
from pressroom.cms.store.scope import Moment


class Context(NamedTuple):
    """What one request brings with it: who asks, when, and under which address.

    In a dry run `rehearsal` is the session that changes are made in, to be undone.
    """

    services: Services
    actor: Actor
    moment: Moment
    rehearsal: Any = None
