"""The application, as the web server has it."""

import gc

from ..app import Pressroom, create_app
from ..settings import Settings


def load_application(settings: Settings | None = None) -> Pressroom:
    """Make the application, and have the garbage collector leave alone what lasts as long as it.

    The schema and the modules are most of what there is: to look through them holds up whoever
    asks for a tenth of a second, each time. Settings come from the environment unless given.
    """
    application = create_app(settings)
    gc.collect()
    gc.freeze()
    return application
