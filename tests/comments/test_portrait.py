from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.comments.avatars import NOBODY
from pressroom.cms.comments.portrait import is_avatar, portrait

HASHES = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(HASHES)
def test_a_portrait_is_small_well_formed_and_without_script(avatar: str) -> None:
    drawn = portrait(avatar)
    assert len(drawn) < 4_000
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert names <= {"svg", "g", "path"}
    assert drawn == portrait(avatar)


def test_only_hashes_are_avatars() -> None:
    assert is_avatar(NOBODY)
    for text in ("", "0" * 31, "0" * 33, "A" * 32, "0" * 32 + "\n", "../" * 10 + "00"):
        assert not is_avatar(text)
