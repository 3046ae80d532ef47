"""What is imported is answered alike, whatever the database."""

import json
from pathlib import Path

import pytest
from serving import serving

from pressroom.cms.settings import Settings
from pressroom.cms.transfer.wordpress.importer import import_wordpress

FILE = Path(__file__).parents[3].parent / "shared" / "content" / "wordpress-theme-test-data.xml"

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not FILE.exists(), reason="the file is not beside this checkout"),
]

PAGES = """
query($after: String) {
  posts(first: 20, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id slug url title excerpt publishedAt updatedAt createdAt version commentsOpen commentCount
      authors { name slug postCount } categories { name url postCount ancestors { name } }
      tags { name slug } previous { slug } next { slug } related { slug }
      body { html markdown text wordCount readingMinutes tableOfContents { level text anchor } }
      comments(first: 10) { totalCount nodes {
        id depth author { name url verified } body { html } submittedAt
        replies(first: 5) {
          nodes { id author { name } replies(first: 5) { nodes { id body { text } } } }
        }
      } }
      rendition(format: TEXT) { status sha256 }
    }
  }
}
"""


async def _answers(settings: Settings) -> list[str]:
    async with serving(settings) as api:
        await import_wordpress(api.app.database, settings, FILE)
        answers, after = [], None
        while True:
            posts = (await api.data(PAGES, {"after": after}))["posts"]
            answers.append(json.dumps(posts))
            if not posts["pageInfo"]["hasNextPage"]:
                return answers
            after = posts["pageInfo"]["endCursor"]


async def test_both_databases_answer_the_same_bytes(
    sqlite_settings: Settings, postgresql_settings: Settings
) -> None:
    there = await _answers(sqlite_settings)
    assert len(there) > 2
    assert there == await _answers(postgresql_settings)
