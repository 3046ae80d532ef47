"""The operations that are measured, and the variables that they are sent with."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

Ask = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Sends an operation to a server and gives its data."""

REQUESTS = 1_000
"""Different requests of each operation, sent over and over in turn."""
COUNTER = "000000000000"
"""What the load replaces by a number that no other request has."""

FRONT = """
query Front($after: String) {
  posts(first: 10, after: $after) {
    nodes {
      id slug url title excerpt publishedAt commentCount
      authors { id name slug }
      categories { id name slug url }
    }
  }
}
"""

ARTICLE = """
query Article($slug: String!) {
  post(by: {slug: $slug}) {
    id slug url title publishedAt updatedAt commentCount
    body { html readingMinutes }
    authors { id name slug }
    categories { id name slug url }
    comments(first: 50) {
      nodes {
        ...Words
        replies(first: 20) { nodes { ...Words replies(first: 10) { nodes { ...Words } } } }
      }
    }
  }
}
fragment Words on Comment {
  id submittedAt replyCount
  author { name avatarUrl }
  body { html }
}
"""

ARCHIVE = """
query Archive($slug: String!, $after: String) {
  category(by: {slug: $slug}) {
    id name url
    posts(first: 20, after: $after) {
      nodes {
        id slug url title excerpt publishedAt commentCount
        authors { id name slug }
      }
    }
  }
}
"""

AUTHOR = """
query Author($slug: String!) {
  author(by: {slug: $slug}) {
    id name bio
    posts(first: 50) {
      nodes {
        id slug url title excerpt publishedAt commentCount
        categories { id name slug }
      }
    }
  }
}
"""

SUBMIT = """
mutation Submit($input: SubmitCommentInput!) {
  submitComment(input: $input) {
    comment { id status submittedAt author { name } body { html } }
    editToken
    userErrors { code message path }
  }
}
"""

THREAD = """
query Thread($slug: String!) {
  post(by: {slug: $slug}) {
    comments(first: 1) {
      nodes { replies(first: 10) { nodes { id submittedAt author { name } body { html } } } }
    }
  }
}
"""

_CURSORS = "query ($after: String) { posts(first: 100, after: $after) { edges { cursor } } }"
_CURSOR_100 = """
query ($slug: String!) {
  category(by: {slug: $slug}) { posts(first: 100) { pageInfo { endCursor hasNextPage } } }
}
"""
_CATEGORIES = "{ categories(first: 100) { nodes { slug } } }"
_AUTHORS = "{ authors(first: 100) { nodes { slug } } }"
_POST_IDS = "{ posts(first: 100) { nodes { id } } }"


@dataclass(frozen=True, slots=True)
class Workload:
    """Requests of one kind, as the bodies of POSTs."""

    name: str
    bodies: tuple[bytes, ...]


def front(ask: Ask) -> Workload:
    """The 10 newest posts from a varying start."""
    starts = list(_cursors(ask, REQUESTS))
    return _workload("front", FRONT, [{"after": start} for start in starts])


def article(_ask: Ask, posts: int) -> Workload:
    """One post with its body and 50 threads, replies two levels down."""
    numbers = random.Random(1).sample(range(1, posts + 1), k=min(posts, REQUESTS))
    return _workload("article", ARTICLE, [{"slug": f"post-{number}"} for number in numbers])


def archive(ask: Ask) -> Workload:
    """20 posts of a category from position 100, or from the start of a small category."""
    slugs = [node["slug"] for node in ask(_CATEGORIES, {})["categories"]["nodes"]]
    variables = []
    for slug in slugs:
        page = ask(_CURSOR_100, {"slug": slug})["category"]["posts"]["pageInfo"]
        after = page["endCursor"] if page["hasNextPage"] else None
        variables.append({"slug": slug, "after": after})
    return _workload("archive", ARCHIVE, variables)


def author(ask: Ask) -> Workload:
    """50 posts of an author, with their categories."""
    nodes = ask(_AUTHORS, {})["authors"]["nodes"]
    return _workload("author", AUTHOR, [{"slug": node["slug"]} for node in nodes])


def submit(ask: Ask) -> Workload:
    """Comments on a hundred posts, no two of them alike."""
    sent = [
        {
            "postId": node["id"],
            "authorName": f"Reader {place}",
            "authorEmail": f"reader{place}@example.org",
            "body": f"Comment {COUNTER}: *well* said, and [worth a look](https://example.org/).",
        }
        for place, node in enumerate(ask(_POST_IDS, {})["posts"]["nodes"])
    ]
    return _workload("submit", SUBMIT, [{"input": each} for each in sent])


def reading(ask: Ask, posts: int) -> list[Workload]:
    """Give the four workloads that read."""
    return [front(ask), article(ask, posts), archive(ask), author(ask)]


def page(ask: Ask, name: str, behind: int) -> Workload:
    """A single front page, behind so many posts."""
    after: str | None = None
    for skipped in range(0, behind, 100):
        edges = ask(_CURSORS, {"after": after})["posts"]["edges"]
        after = edges[min(100, behind - skipped) - 1]["cursor"]
    return _workload(name, FRONT, [{"after": after}])


def thread(name: str, slug: str) -> Workload:
    """The first replies to the first comment on a post."""
    return _workload(name, THREAD, [{"slug": slug}])


def one_body(workload: Workload) -> Workload:
    """Give the workload that sends a single request again and again, as a cache likes it."""
    return Workload("cached", workload.bodies[:1])


def _workload(name: str, query: str, variables: list[dict[str, Any]]) -> Workload:
    return Workload(
        name, tuple(orjson.dumps({"query": query, "variables": each}) for each in variables)
    )


def _cursors(ask: Ask, count: int) -> Iterator[str | None]:
    after: str | None = None
    yield None
    for _ in range(count // 100):
        edges = ask(_CURSORS, {"after": after})["posts"]["edges"]
        # A page that is not full has no ten posts behind its last cursors.
        if len(edges) < 100:
            return
        after = edges[-1]["cursor"]
        yield from (edge["cursor"] for edge in edges)
