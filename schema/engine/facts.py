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
    answer = compiler.guard(f"{compiler.code.name(declared.function)}(context)")
    compiler.prelude.append(f"{viewed} = {answer}")
    return show(compiler, field, viewed, viewed)


@writes(Posed)
def _posed(compiler: Compiler, declared: Posed, field: Selected, _of: Any) -> str:
    def read(variables: Mapping[str, Any], _moment: Moment) -> Hashable:
        return declared.read(fill_variables(field.arguments, variables))

    compiler.steady = False
    values = f"(bound[{compiler.scope.take(read)!r}],)"
    answers = ask(compiler, declared.function, field, values)
    return show(compiler, field, f"{answers}[{values}]")


def ask(compiler: Compiler, function: Asking, field: Selected, objects: str) -> str:
    """Have a function awaited about objects; `objects` is the code of their values, as items.

    Gives the name of a mapping from the values to what the function answers.
    """
    below = compiler.subfields(field.type, field.details).values()
    names = frozenset(details[0].node.name.value for details in below)
    question = Question(function, field.arguments, names, compiler.guarded)
    asking = compiler.code.name(question, "question")
    answers = compiler.code.name(None, "answers")
    compiler.questions.append(f"{answers} = yield {asking}.ask(context, [{objects}])")
    return answers


@writes(Fact)
def _fact(compiler: Compiler, declared: Fact, field: Selected, of: Thing) -> str:
    return show(compiler, field, f"{of.expression}[{declared.name!r}]")


def show(compiler: Compiler, field: Selected, value: str, thing: str | None = None) -> str:
    """Write the code of what is selected of a Python value: a leaf, a mapping, or a list of those.

    An interface stands for its only type: who answers mappings has no other way to tell. `thing`
    is what a mapping is called in the code, if that is known outside of it.
    """
    kind = field.type
    if is_leaf_type(kind):
        return value
    if is_abstract_type(kind):
        (kind,) = compiler.schema.get_possible_types(kind)
    thing = thing or compiler.code.name(None, "thing")
    shown = compiler.object(kind, field.details, Thing(thing))
    if compiler.guarded:
        shown = f"told(lambda {thing}: {shown}, {thing})"
    if field.is_list:
        return f"[{shown} for {thing} in {value}]"
    if field.is_nullable:
        return f"([{shown} for {thing} in ({value},) if {thing} is not None] or [None])[0]"
    return f"[{shown} for {thing} in (required({value}),)][0]"
