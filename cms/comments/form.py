"""The form: a sender's fields, each through its own check."""

from dataclasses import dataclass

from ..text.document import RenderedComment
from .body import clean_body
from .email import clean_email
from .faults import Faults
from .name import clean_name
from .url import clean_url


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that are in order."""

    name: str
    email: str | None
    url: str | None
    body: RenderedComment


def clean_form(name: str, email: str | None, url: str | None, body: str) -> Form:
    """Check all fields; raises Refused with the faults of every one."""
    faults = Faults()
    with faults:
        cleaned_name = clean_name(name)
    with faults:
        cleaned_email = clean_email(email)
    with faults:
        cleaned_url = clean_url(url)
    with faults:
        rendered = clean_body(body)
    faults.refuse()
    return Form(cleaned_name, cleaned_email, cleaned_url, rendered)
