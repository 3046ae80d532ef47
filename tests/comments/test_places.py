from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.comments.places import (
    DEEPEST,
    LAST_ORDINAL,
    below,
    place,
    reversed_segment,
    segment,
)
from pressroom.cms.content import Comment
from pressroom.cms.errors import Refused, UserErrorCode

ORDINALS = st.integers(1, LAST_ORDINAL)


@given(ORDINALS, ORDINALS)
def test_segments_sort_like_their_ordinals(one: int, other: int) -> None:
    assert (one < other) == (segment(one).encode() < segment(other).encode())
    assert (one < other) == (reversed_segment(one).encode() > reversed_segment(other).encode())


def test_segments_have_one_width_up_to_16_million() -> None:
    ordinals = [1, 63, 64, 65, 4_095, 4_096, 262_143, 262_144, 16_000_000, LAST_ORDINAL]
    assert {len(segment(ordinal)) for ordinal in ordinals} == {4}
    assert all(segment(one).encode() < segment(other).encode() for one, other in pairwise(ordinals))
    with pytest.raises(Refused) as refused:
        segment(LAST_ORDINAL + 1)
    assert refused.value.errors[0].code is UserErrorCode.CLOSED


def test_a_reply_follows_what_it_answers_in_both_orders() -> None:
    first, second, reply = (Comment() for _ in range(3))
    place(first, None, 1)
    place(second, None, 2)
    place(reply, first, 7)
    in_order = sorted((first, second, reply), key=lambda comment: comment.path or "")
    assert in_order == [first, reply, second]
    newest_first = sorted((first, second, reply), key=lambda comment: comment.reversed_path or "")
    assert newest_first == [second, first, reply]


def test_threads_stop_to_grow_at_the_greatest_depth() -> None:
    answered = Comment(id=9, parent_id=8, root_id=1, depth=DEEPEST)
    standing = below(answered)
    assert (standing.parent_id, standing.root_id) == (8, 1)
    assert (standing.depth, standing.answers_id) == (DEEPEST, 9)


def test_a_reply_knows_the_root_of_its_thread() -> None:
    assert below(None).root_id is None
    assert below(Comment(id=1, depth=0)).root_id == 1
    assert below(Comment(id=2, root_id=1, parent_id=1, depth=1)).root_id == 1
