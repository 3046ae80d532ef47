"""Fields of what a Python function answered: the viewer, a mutation's payload, a rendition."""

from collections.abc import Hashable, Mapping
from typing import Any

from graphql import is_abstract_type, is_leaf_type

from pressroom.cms.store.scope import Moment

from .compiler import Compiler, Selected, Thing, writes
from .declarations import Fact, Posed, Viewed
from .questions import Asking, Question
from .variables import fill_variables


@writes(Viewed)
def _viewed(compiler: Compiler, declared: Viewed, field: Selected, _of: Any) -> str:
    viewed = compiler.code.name(None, "viewed")
    compiler.prelude.append(f"{viewed} = {compiler.code.name(declared.function)}(context)")
    return compiler.object(field.type, field.details, Thing(viewed))


@writes(Posed)
def _posed(compiler: Compiler, declared: Posed, field: Selected, _of: Any) -> str:
    def read(variables: Mapping[str, Any], _moment: Moment) -> Hashable:
        return declared.read(fill_variables(field.arguments, variables))

    compiler.steady = False
    values = f"(bound[{compiler.scope.take(read)!r}],)"
    answers = ask(compiler, declared.function, field, values)
    return compiler.object(field.type, field.details, Thing(f"{answers}[{values}]"))


def ask(compiler: Compiler, function: Asking, field: Selected, objects: str) -> str:
    """Have a function awaited about objects; `objects` is the code of their values, as items.

    Gives the name of a mapping from the values to what the function answers.
    """
    below = compiler.subfields(field.type, field.details).values()
    names = frozenset(details[0].node.name.value for details in below)
    question = compiler.code.name(Question(function, field.arguments, names), "question")
    answers = compiler.code.name(None, "answers")
    compiler.questions.append(f"{answers} = yield {question}.ask(context, [{objects}])")
    return answers


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
