"""Fields of what a Python function answered: the viewer, a mutation's payload, a rendition."""

from typing import Any

from graphql import is_abstract_type, is_leaf_type

from .compiler import Compiler, Selected, Thing, writes
from .declarations import Fact, Viewed


@writes(Viewed)
def _viewed(compiler: Compiler, declared: Viewed, field: Selected, _of: Any) -> str:
    viewed = compiler.code.name(None, "viewed")
    compiler.prelude.append(f"{viewed} = {compiler.code.name(declared.function)}(context)")
    return compiler.object(field.type, field.details, Thing(viewed))


@writes(Fact)
def _fact(compiler: Compiler, declared: Fact, field: Selected, of: Thing) -> str:
    return show(compiler, field, f"{of.expression}[{declared.name!r}]")


def show(compiler: Compiler, field: Selected, value: str) -> str:
    """Write the code of what is selected of a Python value: a leaf, a mapping, or a list of those.

    An interface stands for its only type: who answers mappings has no other way to tell.
    """
    kind = field.type
    if is_leaf_type(kind):
        return value
    if is_abstract_type(kind):
        (kind,) = compiler.schema.get_possible_types(kind)
    thing = compiler.code.name(None, "thing")
    shown = compiler.object(kind, field.details, Thing(thing))
    if field.is_list:
        return f"[{shown} for {thing} in {value}]"
    return f"([{shown} for {thing} in ({value},) if {thing} is not None] or [None])[0]"
