"""The check of what a comment says."""

from ..errors import Refused, UserErrorCode
from ..text.document import RenderedComment, render_comment
from . import characters

FIELD = "body"
LONGEST = 10_000


def clean_body(markdown: str) -> RenderedComment:
    """Render the Markdown of a comment, without the space around it.

    Raises Refused when it is empty, longer than 10,000 characters of Markdown, or holds characters
    that cannot be shown.
    """
    markdown = markdown.replace("\r\n", "\n").replace("\r", "\n").strip()
    if characters.has_control(markdown):
        raise Refused.because(
            UserErrorCode.INVALID, "The comment holds characters that cannot be shown.", FIELD
        )
    if not characters.is_visible(markdown):
        raise Refused.because(UserErrorCode.REQUIRED, "The comment is empty.", FIELD)
    if len(markdown) > LONGEST:
        raise Refused.because(
            UserErrorCode.TOO_LONG, f"The comment exceeds {LONGEST:,} characters.", FIELD
        )
    return _rendered(markdown)


def _rendered(markdown: str) -> RenderedComment:
    rendered = render_comment(markdown)
    if not characters.is_visible(rendered.text):
        raise Refused.because(
            UserErrorCode.INVALID, "Nothing of this comment would be shown.", FIELD
        )
    return rendered
