from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from pressroom.cms.plugins import (
    GROUP,
    ClashingPlugins,
    Plugin,
    executor_of,
    installed,
    installed_plugins,
    sdl_of,
)


def _never(*_: Any) -> Any:
    raise AssertionError("a plugin was used")


def test_the_schema_is_installed_as_a_plugin() -> None:
    (schema,) = (plugin for plugin in installed_plugins() if plugin.name == "schema")
    assert executor_of([Plugin(name="empty"), schema]) is schema.executor


@pytest.mark.parametrize(
    ("find", "what"),
    [(executor_of, "answers GraphQL requests"), (sdl_of, "prints the schema")],
)
def test_only_one_plugin_may_answer(find: Callable[..., Any], what: str) -> None:
    both = [Plugin(name=name, executor=_never, sdl=_never) for name in ("one", "other")]
    with pytest.raises(ClashingPlugins, match=f"{what}: one and other"):
        find(both)
    with pytest.raises(LookupError, match=what):
        find([Plugin(name="empty")])


def test_an_entry_point_that_names_no_plugin_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = EntryPoint("wrong", "pressroom.cms.plugins:GROUP", GROUP)
    monkeypatch.setattr(installed, "entry_points", lambda group: [wrong])
    with pytest.raises(TypeError, match=r"wrong \(pressroom.cms.plugins:GROUP\) names no Plugin"):
        installed_plugins()
