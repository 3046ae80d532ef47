"""Small WordPress exports for tests."""

from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A blog</title><link>https://blog.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://blog.example</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"
DATE = "2020-05-01 10:00:00"


def export(*records: str, head: str = HEAD) -> str:
    return head + "\n".join(records) + TAIL


def author(login: str, name: str, number: int = 1) -> str:
    inner = _fields({"author_id": number, "author_login": login, "author_display_name": name})
    return f"<wp:author>{inner}</wp:author>"


def category(slug: str, name: str, parent: str = "") -> str:
    given = {"category_nicename": slug, "cat_name": name, "category_parent": parent}
    return f"<wp:category>{_fields(given)}</wp:category>"


def tag(slug: str, name: str) -> str:
    return f"<wp:tag>{_fields({'tag_slug': slug, 'tag_name': name})}</wp:tag>"


def term(taxonomy: str, slug: str, name: str) -> str:
    return f'<category domain="{taxonomy}" nicename="{slug}">{escape(name)}</category>'


def item(
    number: int = 1,
    *inner: str,
    title: str = "A title",
    content: str = "Some text.",
    excerpt: str = "",
    creator: str = "ada",
    **fields: object,
) -> str:
    given = {
        "post_id": number,
        "post_type": "post",
        "status": "publish",
        "post_name": f"post-{number}",
        "post_date": DATE,
        "post_date_gmt": DATE,
        "comment_status": "open",
        **fields,
    }
    return (
        f"<item><title>{escape(title)}</title><dc:creator>{creator}</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>"
        f"{_fields(given)}{''.join(inner)}</item>"
    )


def comment(number: int, *, parent: int = 0, content: str = "Well said.", **fields: object) -> str:
    given = {
        "comment_id": number,
        "comment_parent": parent,
        "comment_author": f"Reader {number}",
        "comment_date": f"2020-05-02 10:00:{number % 60:02}",
        "comment_date_gmt": f"2020-05-02 10:00:{number % 60:02}",
        "comment_approved": "1",
        "comment_content": content,
        **fields,
    }
    return f"<wp:comment>{_fields(given)}</wp:comment>"


def _fields(given: dict[str, object]) -> str:
    return "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in given.items())
