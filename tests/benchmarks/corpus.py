"""The corpus: the rows of a site of a given size, always the same ones.

Everything the services keep in step is worked out here: archives with the categories above, counts,
places of comments, revisions, journal.
"""

import dataclasses
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pressroom.cms.actors import Role
from pressroom.cms.content import ChangeKind, Post, PostStatus, SourceFormat
from pressroom.cms.services.posts.links import Links
from pressroom.cms.services.posts.state import snapshot
from pressroom.cms.text.slugs import title_key

from .texts import Texts
from .threads import Discussion

SEED = 20_260_101
AUTHORS = 50
CATEGORIES_BY_LEVEL = (5, 10, 25)
CATEGORIES = sum(CATEGORIES_BY_LEVEL)
BUSY_EVERY = 100
"""One post in so many has `BUSY_COMMENTS`; the others share the rest evenly."""
BUSY_COMMENTS = 200
SHORT_THREAD = 10
_FIRST_DAY = datetime(2016, 1, 1, 8, tzinfo=UTC)
_YEARS = timedelta(days=9 * 365)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is.

    With `longest_thread`, the first comment on the first post has so many replies, and the first
    one on the second post has 10; they are not among the `comments`.
    """

    posts: int = 10_000
    comments: int = 100_000
    longest_thread: int = 0

    @property
    def threads(self) -> dict[int, int]:
        """Give the number of replies to the first comment, by post, where it is set."""
        return {1: self.longest_thread, 2: SHORT_THREAD} if self.longest_thread else {}

    def times(self, factor: int) -> "Size":
        """Give a size so many times as large."""
        return dataclasses.replace(self, posts=self.posts * factor, comments=self.comments * factor)


@dataclass(slots=True)
class Batch:
    """Rows of a run of posts, by table."""

    bodies: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    post_authors: list[Row] = field(default_factory=list)
    category_posts: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    journal: list[Row] = field(default_factory=list)


class Corpus:
    """The rows of one site; `secret` is the key of its hashes."""

    def __init__(self, size: Size, secret: bytes) -> None:
        self.size = size
        self.texts = Texts(SEED)
        self.posts_by_author: Counter[int] = Counter()
        self.posts_by_category: Counter[int] = Counter()
        self._parents = dict(_tree())
        self._random = random.Random(SEED)
        self._comment_ids = itertools.count(1)
        self._secret = secret

    def authors(self) -> list[Row]:
        """Give the authors, whose counts are yet to come."""
        return [
            {
                "id": key,
                "slug": f"author-{key}",
                "name": f"Author {key}",
                "name_key": title_key(f"Author {key}"),
                "bio": self.texts.sentence(),
            }
            for key in range(1, AUTHORS + 1)
        ]

    def categories(self) -> list[Row]:
        """Give the categories, parents first, whose counts are yet to come."""
        return [
            {
                "id": key,
                "slug": f"category-{key}",
                "name": f"Category {key}",
                "name_key": title_key(f"Category {key}"),
                "description": self.texts.sentence(),
                "parent_id": parent,
            }
            for key, parent in self._parents.items()
        ]

    def ancestors(self) -> list[Row]:
        """Give the closure of the tree."""
        return [
            {"category_id": key, "ancestor_id": above, "distance": distance}
            for key in self._parents
            for distance, above in enumerate(self._line(key))
        ]

    def batches(self, posts_each: int = 500) -> Iterator[Batch]:
        """Give the posts and what belongs to them."""
        numbers = range(1, self.size.posts + 1)
        for first in numbers[::posts_each]:
            batch = Batch()
            for number in range(first, min(first + posts_each, self.size.posts + 1)):
                self._add_post(batch, number)
            yield batch

    def _add_post(self, batch: Batch, number: int) -> None:
        discussion = Discussion(
            number, self._published(number), self.texts, self._secret, self._comment_ids
        )
        if replies := self.size.threads.get(number):
            discussion.start_thread(replies)
        discussion.grow(self._comments_on(number), self._random)
        batch.comments += discussion.comments
        post = self._post(number) | discussion.counts()
        batch.posts.append(post)
        batch.bodies.append(self._body(number))
        links = self._links(batch, post)
        post |= {"author_ids": links.authors, "category_ids": links.categories, "tag_ids": ()}
        batch.revisions.append(_revision(post, links))
        batch.journal.append(_journal_entry(post))

    def _post(self, number: int) -> Row:
        title = self.texts.title(number)
        published_at = self._published(number)
        return {
            "id": number,
            "slug": f"post-{number}",
            "title": title,
            "title_key": title_key(title),
            "excerpt": self.texts.body(number).excerpt,
            "written_excerpt": None,
            "status": PostStatus.PUBLISHED,
            "published_at": published_at,
            "updated_at": published_at,
            "created_at": published_at,
            "version": 1,
            "sticky": False,
            "comments_open": True,
            "body_id": number,
            "announced": True,
        }

    def _body(self, number: int) -> Row:
        body = self.texts.body(number)
        return {
            "id": number,
            "format": SourceFormat.MARKDOWN,
            "source": body.markdown,
            "markdown": body.markdown,
            "html": body.html,
            "text": body.text,
            "headings": [dataclasses.asdict(heading) for heading in body.headings],
            "word_count": body.word_count,
            "reading_minutes": body.reading_minutes,
        }

    def _links(self, batch: Batch, post: Row) -> Links:
        authors = self._random.sample(range(1, AUTHORS + 1), k=self._random.choice((1, 1, 1, 2)))
        direct = self._random.sample(range(1, CATEGORIES + 1), k=self._random.choice((1, 2, 2, 3)))
        filed = {above for key in direct for above in self._line(key)}
        copies = {name: post[name] for name in ("status", "published_at")}
        copies["post_id"] = post["id"]
        for place, key in enumerate(authors):
            batch.post_authors.append({"author_id": key, "position": place} | copies)
        for key in sorted(filed):
            position = direct.index(key) if key in direct else None
            batch.category_posts.append({"category_id": key, "position": position} | copies)
        self.posts_by_author.update(authors)
        self.posts_by_category.update(filed)
        return Links(authors=tuple(authors), categories=tuple(direct))

    def _line(self, category: int) -> list[int]:
        line: list[int] = []
        above: int | None = category
        while above is not None:
            line.append(above)
            above = self._parents[above]
        return line

    def _published(self, number: int) -> datetime:
        return _FIRST_DAY + _YEARS * (number / self.size.posts)

    def _comments_on(self, number: int) -> int:
        busy = self.size.posts // BUSY_EVERY
        if number % BUSY_EVERY == 0:
            return BUSY_COMMENTS
        quiet = self.size.posts - busy
        place = number - number // BUSY_EVERY
        rest = max(0, self.size.comments - busy * BUSY_COMMENTS)
        return rest * place // quiet - rest * (place - 1) // quiet


def _tree() -> Iterator[tuple[int, int | None]]:
    above: list[int] = []
    keys = itertools.count(1)
    for count in CATEGORIES_BY_LEVEL:
        level = list(itertools.islice(keys, count))
        for place, key in enumerate(level):
            yield key, above[place % len(above)] if above else None
        above = level


def _revision(post: Row, links: Links) -> Row:
    return {
        "post_id": post["id"],
        "version": post["version"],
        "saved_at": post["created_at"],
        "saved_by": "corpus",
        "title": post["title"],
        "body_id": post["body_id"],
        "snapshot": snapshot(Post(**post), links),
    }


def _journal_entry(post: Row) -> Row:
    return {
        "entity": "Post",
        "entity_id": post["id"],
        "kind": ChangeKind.CREATED,
        "version": post["version"],
        "occurred_at": post["published_at"],
        "public": True,
        "action": "publish",
        "actor": "corpus",
        "role": Role.ADMIN,
    }
