import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.text.slugs import MAX_SLUG, slugify, title_key


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Straße & Øl: Łódź, æon", "strasse-ol-lodz-aeon"),
        ("You’re it", "youre-it"),
        ("Привет, Йод!", "привет-йод"),
        ("السلام عليكم", "السلام-عليكم"),
        ("日本語のタイトル", "日本語のタイトル"),
        ("?!", "post"),
        ("word " * 40, "-".join(["word"] * 20)),
    ],
)
def test_titles_become_slugs(title, slug):
    assert slugify(title, fallback="post") == slug


@given(st.text())
def test_slugs_keep_their_shape(title):
    slug = slugify(title, fallback="post")

    assert 0 < len(slug) <= MAX_SLUG
    assert not set(slug) & set(" /?#%&<>\"'\n\x00")
    assert "--" not in slug
    assert slug.strip("-") == slug


def test_title_keys_ignore_case_and_accents():
    assert title_key(" Élan  Vital") == title_key("elan vital")
    assert sorted(["Zebra", "école", "Apfel"], key=title_key) == ["Apfel", "école", "Zebra"]
