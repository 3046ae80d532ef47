import pytest

from pressroom.cms.comments.form import clean_form
from pressroom.cms.errors import Refused


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        clean_form("", "nobody", "javascript:x", "")
    assert [error.path for error in refused.value.errors] == [
        ("authorName",),
        ("authorEmail",),
        ("authorUrl",),
        ("body",),
    ]


def test_fields_in_order() -> None:
    form = clean_form(" Ada ", "", None, "Yes.")
    assert (form.name, form.email, form.url, form.body.markdown) == ("Ada", None, None, "Yes.")
