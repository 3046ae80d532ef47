"""What the plugin adds."""

from pathlib import Path

from pressroom.cms.plugins import Handler, Plugin
from pressroom.cms.store.events import PostPublished

from .fields import PostLetter
from .send import send
from .set_subject import SetNewsletterSubjectMutation
from .tables import TABLES

plugin = Plugin(
    name="newsletter",
    schema={"Post": PostLetter, "Mutation": SetNewsletterSubjectMutation},
    tables=TABLES,
    migrations=Path(__file__).parent / "migrations",
    handlers=[Handler("send", (PostPublished,), send)],
)
