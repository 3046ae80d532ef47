"""The words that a page adds to a post, marked as of their own language where it differs."""

from datetime import datetime
from html import escape

from ...wording.wording import wording_for


class HtmlWords:
    """Writes words and dates into a page."""

    def __init__(self, language: str) -> None:
        self.wording = wording_for(language)
        self._are_foreign = language.lower().split("-")[0] != self.wording.language

    def mark(self, html: str) -> str:
        """Say in which language the words are, if it is not that of the page."""
        if not self._are_foreign:
            return html
        return f'<span lang="{self.wording.language}" dir="ltr">{html}</span>'

    def date(self, instant: datetime, sentence: str = "{date}") -> str:
        """Write a day into a sentence."""
        day = escape(self.wording.day(instant))
        time = f'<time datetime="{instant.isoformat()}">{day}</time>'
        return self.mark(escape(sentence).replace("{date}", time))
