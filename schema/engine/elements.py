"""What lists show of their rows: written once for all rows that are the same.

The same rows come again and again, in one page or another, and what is shown of most of them
follows from the row alone. A plan remembers it as bytes, with the whole row: one that has changed
in anything that the plan selects is another row, so that nothing has to be told of changes.
"""

from collections.abc import Callable

from .compiler import Compiler
from .level import Level
from .memory import Memory


def element(compiler: Compiler, level: Level, write: Callable[[], str]) -> str:
    """Write the code of what is shown of a row of a level; `write` writes how it is made.

    What the row alone decides is remembered, and so is what is shown of a row that has nothing
    below it where others have.
    """
    mark = compiler.mark()
    shown = write()
    if not compiler.remembers or not compiler.is_accounted_for(mark):
        level.fresh_if.append("True")
        return shown
    number = f"{level.number}_{len(level.fresh_if)}"
    memory = compiler.code.name(Memory(compiler.room), "memory")
    known, show, row = f"remembered{number}", f"show{number}", level.row
    level.after += [f"{known} = {memory}.known", f"{memory}.sought += len({level.rows})"]
    key, made = _key(level), f"made{number}"
    level.fresh_if.append(f"{known}.get({key}, UNKNOWN)[0] != {row}")
    compiler.assemble(level, f"def {show}({row}): return {shown}")
    is_known = f"({made} := {known}.get({key}, UNKNOWN))[0] == {row}"
    remembered = f"{made}[1] if {is_known} else {memory}.make({key}, {row}, {show})"
    if level.picks_fresh:
        # All rows have been looked at by then: where none was fresh, all are known.
        remembered = f"({remembered}) if {level.fresh()} else {known}[{key}][1]"
    below = " or ".join(compiler.below(level, mark))
    return f"({show}({row}) if {below} else {remembered})" if below else f"({remembered})"


def _key(level: Level) -> str:
    """Write the code of what tells a level's rows apart; the same one may stand below several."""
    own = level.target.c.get("id")
    if own is None:
        return f"{level.row}[0]"
    key = f"{level.row}[{level.place(own)}]"
    return key if level.parents is None or level.one_parent else f"({level.row}[0], {key})"
