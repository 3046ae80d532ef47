"""What generated operations ask for: ids, slugs, cursors and the like, taken from real answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from pressroom.cms.store.keys import encode_id

Read = Callable[[str], Awaitable[dict[str, Any]]]

_NAMED = "{ posts(first: 100) { nodes { id slug url tags { id slug } } } \
categories(first: 100) { nodes { id slug url } } authors { nodes { id slug url } } \
comments(first: 100) { nodes { id } } images { nodes { id } } }"
_POST_ORDERS = [
    f"{name}_{way}" for name in ("PUBLISHED", "UPDATED", "TITLE") for way in ("DESC", "ASC")
]
_POST_ORDERS.append("COMMENTS_DESC")
_CURSORS = "edges { cursor }"

ID_KINDS = ("Post", "Category", "Author", "Tag", "Comment", "Image")


@dataclass
class Samples:
    """Values by what they are; cursors by their list and order."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    slugs: dict[str, list[str]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    cursors: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def cursors_of(self, coordinate: str, *orders: str) -> list[str]:
        """Give the cursors of a list in an order."""
        return self.cursors.get((coordinate, *orders), [])


async def gather(read: Read) -> Samples:
    """Ask a site for what it has."""
    samples = Samples()
    _gather_names(samples, await read(_NAMED))
    for coordinate, query, *orders in _lists():
        answer = await read(query)
        samples.cursors[coordinate, *orders] = list(_found(answer, "cursor"))
    return samples


def _gather_names(samples: Samples, answer: dict[str, Any]) -> None:
    tags = [tag for post in answer["posts"]["nodes"] for tag in post["tags"]]
    named = {
        name.capitalize(): answer[name]["nodes"]
        for name in ("posts", "categories", "authors", "comments", "images")
    }
    rows = {
        "Post": named["Posts"],
        "Category": named["Categories"],
        "Author": named["Authors"],
        "Comment": named["Comments"],
        "Tag": tags,
        "Image": named["Images"],
    }
    for kind, found in rows.items():
        samples.ids[kind] = [*sorted({row["id"] for row in found}), encode_id(kind, 999)]
        samples.slugs[kind] = [*sorted({row["slug"] for row in found if "slug" in row}), "nobody"]
    samples.paths = [
        *(post["url"] for post in named["Posts"][:3]),
        *(category["url"] for category in named["Categories"][:2]),
        *(author["url"] for author in named["Authors"] if author["url"]),
        *("/authors/ada", "/about-kitchen-1", "/gone", "/once-gone", "/nothing", "", "/%zz"),
    ]


def _lists() -> list[tuple[str, ...]]:
    lists = [
        ("Query.authors", f"{{ authors {{ {_CURSORS} }} }}"),
        ("Query.images", f"{{ images {{ {_CURSORS} }} }}"),
        ("Query.comments", f"{{ comments {{ {_CURSORS} }} }}"),
        ("Query.changes", f"{{ changes(first: 100) {{ {_CURSORS} }} }}"),
        ("Query.search", f'{{ search(query: "bread") {{ {_CURSORS} }} }}'),
        ("Author.posts", f"{{ authors {{ nodes {{ posts {{ {_CURSORS} }} }} }} }}"),
        ("Tag.posts", f"{{ posts {{ nodes {{ tags {{ posts {{ {_CURSORS} }} }} }} }} }}"),
        ("Post.revisions", f"{{ posts {{ nodes {{ revisions {{ {_CURSORS} }} }} }} }}"),
    ]
    for order in _POST_ORDERS:
        listed = f"posts(orderBy: {order}) {{ {_CURSORS} }}"
        lists.append(("Query.posts", f"{{ {listed} }}", order))
        lists.append(("Category.posts", f"{{ categories {{ nodes {{ {listed} }} }} }}", order))
    for order in ("NAME_ASC", "POSTS_DESC"):
        listed = f"categories(orderBy: {order}) {{ {_CURSORS} }}"
        lists.append(("Query.categories", f"{{ {listed} }}", order))
    for order in ("OLDEST", "NEWEST"):
        replies = f"replies(orderBy: {order}) {{ {_CURSORS} }}"
        lists.append(("Comment.replies", f"{{ comments {{ nodes {{ {replies} }} }} }}", order))
        for shape in ("THREADED", "FLAT"):
            listed = f"comments(shape: {shape}, orderBy: {order}) {{ {_CURSORS} }}"
            lists.append(("Post.comments", f"{{ posts {{ nodes {{ {listed} }} }} }}", order, shape))
    return lists


def _found(answer: Any, name: str) -> Any:
    if isinstance(answer, list):
        for each in answer:
            yield from _found(each, name)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            if key == name:
                yield value
            else:
                yield from _found(value, name)
