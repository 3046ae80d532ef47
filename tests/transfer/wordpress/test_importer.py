from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import wxr
from sqlalchemy import func, select

from pressroom.cms.content import (
    Author,
    Body,
    Category,
    CategoryPost,
    Comment,
    CommentStatus,
    Post,
    PostAuthor,
    PostStatus,
    PostTag,
    Tag,
)
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session
from pressroom.cms.transfer.errors import Unreadable
from pressroom.cms.transfer.report import Outcome, Report
from pressroom.cms.transfer.wordpress.importer import import_wordpress

pytestmark = pytest.mark.anyio


class Importer:
    def __init__(self, database: Database, settings: Settings, folder: Path) -> None:
        self._database = database
        self._settings = settings
        self._file = folder / "export.xml"

    async def take(self, *records: str, **options: Any) -> Report:
        self._file.write_text(wxr.export(*records), encoding="utf-8")
        return await import_wordpress(self._database, self._settings, self._file, **options)

    async def all(self, statement: Any) -> list[Any]:
        async with reading_session(self._database) as session:
            rows = (await session.execute(statement)).all()
            return [row[0] if len(row) == 1 else tuple(row) for row in rows]

    async def post(self, slug: str) -> Post:
        (post,) = await self.all(select(Post).where(Post.slug == slug))
        assert isinstance(post, Post)
        return post


@pytest.fixture
def importer(database: Database, settings: Settings, tmp_path: Path) -> Importer:
    return Importer(database, settings, tmp_path)


def _reasons(report: Report, outcome: Outcome) -> dict[str, int]:
    return {reason: remark.count for _, reason, remark in report.remarks(outcome)}


async def test_a_post_comes_with_all_that_belongs_to_it(importer: Importer) -> None:
    await importer.take(
        wxr.author("ada", "Ada Lovelace"),
        wxr.category("inner", "Inner", parent="outer"),
        wxr.category("outer", "Outer"),
        wxr.item(
            7,
            wxr.term("category", "inner", "Inner"),
            wxr.term("post_tag", "engines", "Engines"),
            content="one\n\ntwo",
            excerpt="By <b>hand</b>",
            post_name="%CE%B1-b_c",
            post_modified_gmt="2021-01-01 00:00:00",
            is_sticky="1",
            comment_status="closed",
        ),
    )
    post = await importer.post("α-b_c")
    assert (post.status, post.sticky, post.comments_open) == (PostStatus.PUBLISHED, True, False)
    assert post.published_at == datetime(2020, 5, 1, 10, tzinfo=UTC)
    assert post.updated_at == datetime(2021, 1, 1, tzinfo=UTC)
    assert post.written_excerpt == "By hand"
    assert await importer.all(select(Body.text)) == ["one\n\ntwo"]
    assert await importer.all(select(Author.name).join(PostAuthor)) == ["Ada Lovelace"]
    assert await importer.all(select(Tag.name).join(PostTag)) == ["Engines"]
    archive = select(Category.slug, CategoryPost.position).join(CategoryPost)
    assert set(await importer.all(archive)) == {("inner", 0), ("outer", None)}


@pytest.mark.parametrize(
    ("fields", "status", "has_date"),
    [
        ({"status": "publish"}, PostStatus.PUBLISHED, True),
        ({"status": "future", "post_date_gmt": "2099-01-01 00:00:00"}, PostStatus.PUBLISHED, True),
        ({"status": "draft", "post_date_gmt": "0000-00-00 00:00:00"}, PostStatus.DRAFT, False),
        ({"status": "pending"}, PostStatus.DRAFT, False),
        ({"status": "private"}, PostStatus.DRAFT, True),
        ({"status": "trash", "post_name": "post-1__trashed"}, PostStatus.TRASHED, True),
        ({"status": "publish", "post_password": "enter"}, PostStatus.DRAFT, True),
        (
            {"status": "publish", "post_date_gmt": "", "post_date": "0000-00-00 00:00:00"},
            PostStatus.DRAFT,
            False,
        ),
    ],
)
async def test_every_status_finds_its_place(
    importer: Importer, fields: dict[str, str], status: PostStatus, has_date: bool
) -> None:
    await importer.take(wxr.item(1, **fields))
    post = await importer.post("post-1")
    assert (post.status, post.published_at is not None) == (status, has_date)


async def test_a_local_date_serves_where_there_is_no_other(importer: Importer) -> None:
    report = await importer.take(wxr.item(1, post_date_gmt="0000-00-00 00:00:00"))
    assert (await importer.post("post-1")).published_at == datetime(2020, 5, 1, 10, tzinfo=UTC)
    assert "its date has no offset and was taken as UTC" in _reasons(report, Outcome.CHANGED)


async def test_pages_come_into_the_category_that_is_named(importer: Importer) -> None:
    await importer.take(wxr.item(1, post_type="page"), pages_category="about-us")
    archive = select(Category.name).join(CategoryPost)
    assert await importer.all(archive) == ["About us"]


async def test_the_rest_is_left_out_and_accounted_for(importer: Importer) -> None:
    report = await importer.take(
        wxr.item(1, wxr.comment(1), post_type="attachment", status="inherit"),
        wxr.item(2, post_type="nav_menu_item"),
        wxr.item(3, post_type="revision", status="inherit"),
        wxr.item(4, post_type="wp_block"),
        wxr.item(5, status="auto-draft"),
    )
    assert await importer.all(select(func.count(Post.id))) == [0]
    assert sum(_reasons(report, Outcome.LEFT_OUT).values()) == 6


async def test_comments_keep_thread_status_and_date(importer: Importer) -> None:
    report = await importer.take(
        wxr.item(
            1,
            wxr.comment(30, parent=20),
            wxr.comment(20, parent=10),
            wxr.comment(10),
            wxr.comment(11, comment_approved="0"),
            wxr.comment(12, comment_approved="spam"),
            wxr.comment(13, comment_approved="trash"),
            wxr.comment(14, comment_type="pingback"),
            wxr.comment(15, parent=14),
            wxr.comment(16, content=" "),
        )
    )
    order = select(Comment.author_name, Comment.status, Comment.depth).order_by(
        Comment.submitted_at
    )
    assert await importer.all(order) == [
        ("Reader 10", CommentStatus.APPROVED, 0),
        ("Reader 11", CommentStatus.PENDING, 0),
        ("Reader 12", CommentStatus.SPAM, 0),
        ("Reader 13", CommentStatus.TRASHED, 0),
        ("Reader 15", CommentStatus.APPROVED, 0),
        ("Reader 20", CommentStatus.APPROVED, 1),
        ("Reader 30", CommentStatus.APPROVED, 2),
    ]
    assert (await importer.post("post-1")).comment_count == 4
    assert _reasons(report, Outcome.LEFT_OUT).keys() >= {"has no text"}


async def test_comments_that_answer_each_other_in_a_circle_are_kept(importer: Importer) -> None:
    report = await importer.take(wxr.item(1, wxr.comment(1, parent=2), wxr.comment(2, parent=1)))
    assert report.taken["comments"] == 2


async def test_markup_in_a_comment_becomes_markdown(importer: Importer) -> None:
    content = (
        "<h2>So</h2>\n<em>Yes</em>, <a href='https://a.example'>this</a>\n\n<script>x</script>2 * 2"
    )
    await importer.take(wxr.item(1, wxr.comment(1, content=content)))
    (markdown,) = await importer.all(select(Comment.markdown))
    assert markdown.startswith("So\n\n*Yes*, [this](https://a.example)")
    assert "script" not in markdown


async def test_only_those_who_write_for_the_site_are_verified(importer: Importer) -> None:
    await importer.take(
        wxr.author("ada", "Ada", number=5),
        wxr.item(1, wxr.comment(1, comment_user_id=5), wxr.comment(2, comment_user_id=6)),
    )
    verified = select(Comment.verified).order_by(Comment.id)
    assert await importer.all(verified) == [True, False]


async def test_a_second_run_doubles_nothing_and_brings_what_is_new(importer: Importer) -> None:
    records = [wxr.author("ada", "Ada"), wxr.category("a", "A"), wxr.tag("t", "T")]
    await importer.take(*records, wxr.item(1, wxr.comment(1)))
    report = await importer.take(*records, wxr.item(1, wxr.comment(1), wxr.comment(2)), wxr.item(2))
    assert (report.taken, report.present) == (
        {"posts": 1, "comments": 1},
        {"authors": 1, "categories": 1, "tags": 1, "posts": 1, "comments": 1},
    )
    for table, count in ((Post, 2), (Comment, 2), (Category, 1), (Author, 1), (Tag, 1)):
        assert await importer.all(select(func.count()).select_from(table)) == [count]


async def test_the_same_ids_of_another_site_are_other_posts(
    importer: Importer, database: Database, settings: Settings, tmp_path: Path
) -> None:
    await importer.take(wxr.item(1))
    other = tmp_path / "other.xml"
    source = wxr.export(wxr.item(1)).replace("blog.example", "other.example")
    other.write_text(source, encoding="utf-8")
    report = await import_wordpress(database, settings, other)
    assert await importer.all(select(Post.slug).order_by(Post.id)) == ["post-1", "post-1-2"]
    assert "another had the slug already" in _reasons(report, Outcome.CHANGED)


async def test_categories_without_a_parent_or_in_a_circle_become_roots(importer: Importer) -> None:
    await importer.take(
        wxr.category("a", "A", parent="b"),
        wxr.category("b", "B", parent="a"),
        wxr.category("c", "C", parent="missing"),
    )
    roots = select(Category.slug).where(Category.parent_id.is_(None)).order_by(Category.slug)
    assert len(await importer.all(roots)) == 2
    assert await importer.all(select(func.count(Category.id))) == [3]


async def test_a_tag_keeps_its_slug(importer: Importer) -> None:
    await importer.take(wxr.item(1, wxr.term("post_tag", "motors", "Engines")))
    assert await importer.all(select(Tag.slug, Tag.name)) == [("motors", "Engines")]


async def test_a_post_that_cannot_be_stored_is_left_out_with_the_reason(importer: Importer) -> None:
    report = await importer.take(wxr.item(1, content="x" * 1_000_001), wxr.item(2))
    assert await importer.all(select(Post.slug)) == ["post-2"]
    (reason,) = _reasons(report, Outcome.LEFT_OUT)
    assert "1,000,0" in reason


async def test_a_fault_in_the_middle_leaves_nothing(importer: Importer) -> None:
    with pytest.raises(Unreadable):
        await importer.take(wxr.item(1), "<item><broken></item>")
    assert await importer.all(select(func.count(Post.id))) == [0]
    assert await importer.all(select(func.count(Author.id))) == [0]
