"""Task lists as in GitHub Flavored Markdown 0.29, section 5.3.

The rule of mdit-py-plugins looks back to the start of the list at every item, which is quadratic.
"""

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"\[([ xX])\](?=[ \t\n])")


def mark_task_items(state: StateCore) -> None:
    """Put a disabled checkbox into each list item that begins with `[ ]` or `[x]`."""
    lists: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and _check_item(state.tokens[index + 1 : index + 3]):
            token.attrSet("class", "task-list-item")
            lists[-1].attrSet("class", "contains-task-list")


def _check_item(content: list[Token]) -> bool:
    """Replace the mark at the start of the item's first paragraph; tell whether there is one."""
    if [token.type for token in content] != ["paragraph_open", "inline"]:
        return False
    children = content[1].children or []
    if not children or children[0].type != "text":
        return False
    mark = _MARK.match(content[1].content)
    if mark is None or not children[0].content.startswith(mark[0]):
        return False
    children[0].content = children[0].content[len(mark[0]) :]
    children.insert(0, _checkbox(checked=mark[1] != " "))
    return True


def _checkbox(*, checked: bool) -> Token:
    state = " checked" if checked else ""
    box = Token("html_inline", "", 0)
    box.content = f'<input class="task-list-item-checkbox" type="checkbox"{state} disabled>'
    return box
