"""The comments on an article."""

from html import escape

from ...document.document import Comment, Discussion, Document
from .writer import HtmlWriter

_DEEPEST = 5
"""Style sheets indent replies nested deeper no further; these name whom they answer."""


def discussion_html(document: Document, writer: HtmlWriter) -> str:
    """Write the comments, each with its replies below it; nothing where none are asked for."""
    discussion = document.discussion
    if discussion is None:
        return ""
    title = writer.words.wording.comments.format(count=discussion.count)
    threads = "".join(_comment(comment, writer, 0, "") for comment in discussion.comments)
    content = f'<ol class="comments">\n{threads}</ol>\n' if threads else ""
    content += _left_out(discussion, document, writer)
    return writer.section("comments", title, content, listed=True)


def _comment(comment: Comment, writer: HtmlWriter, depth: int, answered: str) -> str:
    # Links are numbered as they are written: the words before the replies.
    words = _words(comment, writer, answered if depth > _DEEPEST else "")
    replies = "".join(_comment(reply, writer, depth + 1, comment.name) for reply in comment.replies)
    nested = f"<ol>\n{replies}</ol>\n" if replies else ""
    return f'<li class="comment">\n{words}{nested}</li>\n'


def _words(comment: Comment, writer: HtmlWriter, answered: str) -> str:
    date = writer.words.date(comment.submitted_at)
    if comment.is_removed:
        removed = writer.words.mark(escape(writer.words.wording.removed))
        return f'<header>{date}</header>\n<p class="removed">{removed}</p>\n'
    name = f"<b><bdi>{escape(comment.name)}</bdi></b>"
    words = f'<div class="words">\n{writer.flow(comment.blocks)}</div>'
    return f"<header>{name} · {date}{_answering(answered, writer)}</header>\n{words}\n"


def _answering(name: str, writer: HtmlWriter) -> str:
    if not name:
        return ""
    whom = f"<bdi>{escape(name)}</bdi>"
    return " · " + writer.words.mark(escape(writer.words.wording.answering).replace("{name}", whom))


def _left_out(discussion: Discussion, document: Document, writer: HtmlWriter) -> str:
    if not discussion.left_out:
        return ""
    wording = writer.words.wording
    text = wording.left_out.format(count=discussion.left_out, address=document.address)
    return f"<p>{writer.words.mark(escape(text))}</p>\n"
