"""The sums that `measure` adds up."""

from dataclasses import dataclass, field

Path = tuple[str, "Path"] | None
"""Response names from the outside in, linked so that putting one in front costs nothing."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A number of nodes, with the one field that adds the most of them, and how many it adds."""

    nodes: int = 0
    most: int = 0
    path: Path = None

    def plus(self, other: "Weight") -> "Weight":
        """Both together."""
        heavier = self if self.most >= other.most else other
        return Weight(self.nodes + other.nodes, heavier.most, heavier.path)

    def times(self, count: int) -> "Weight":
        """The same, `count` times over."""
        return Weight(self.nodes * count, self.most * count, self.path)

    def within(self, name: str) -> "Weight":
        """The same, as the field `name` has it."""
        return Weight(self.nodes, self.most, (name, self.path))


NOTHING = Weight()


@dataclass(slots=True)
class Tally:
    """What a selection set, a field or a fragment adds, with all fragments expanded.

    How many items a list has that says nothing of it itself depends on the field around it: a
    connection's page, or the default fan-out. Until that is known, such lists stand apart: `items`
    is what one item of each of them costs below, `lists` one for each of them.
    """

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    root_fields: int = 0
    introspection_depth: int = 0
    nodes: Weight = field(default=NOTHING)
    items: Weight = field(default=NOTHING)
    lists: Weight = field(default=NOTHING)
    introspection: Weight = field(default=NOTHING)

    def add(self, other: "Tally") -> None:
        """Count a sibling in."""
        self.depth = max(self.depth, other.depth)
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.fields += other.fields
        self.root_fields += other.root_fields
        if other.nodes is not NOTHING:
            self.nodes = self.nodes.plus(other.nodes)
        if other.lists is not NOTHING:
            self.items = self.items.plus(other.items)
            self.lists = self.lists.plus(other.lists)
        if other.introspection is not NOTHING:
            self.introspection = self.introspection.plus(other.introspection)

    def settle(self, fan_out: int) -> None:
        """Give the lists that stand apart `fan_out` items each."""
        if self.lists is not NOTHING:
            self._multiply_items(fan_out)
            self.nodes = self.nodes.plus(self.lists.times(fan_out))
            self.lists = NOTHING

    def settle_connection(self, page: int) -> None:
        """Count a connection's page once, whether its `edges`, its `nodes` or none are selected."""
        self._multiply_items(page)
        self.lists = NOTHING
        self.nodes = self.nodes.plus(Weight(page, page))

    def _multiply_items(self, count: int) -> None:
        self.nodes = self.nodes.plus(self.items.times(count))
        self.items = NOTHING

    def become_list(self, count: int) -> None:
        """From one item to a list of `count` of them."""
        self.nodes = self.nodes.plus(Weight(1, 1)).times(count)

    def become_items(self) -> None:
        """From one item to a list whose length the field around it will tell."""
        self.items, self.nodes, self.lists = self.nodes, NOTHING, Weight(1, 1)

    def become_introspection(self) -> None:
        """Set a selection below `__schema` or `__type` apart from what reads content."""
        self.introspection_depth, self.depth = self.depth + 1, 0
        self.introspection, self.nodes = self.nodes, NOTHING

    def rename(self, name: str) -> None:
        """Say that all this stands below the field `name`."""
        for weight in ("nodes", "items", "lists"):
            if getattr(self, weight) is not NOTHING:
                setattr(self, weight, getattr(self, weight).within(name))


def written(path: Path) -> str:
    """A path as people write it: `post.comments.nodes`."""
    names = []
    while path is not None:
        name, path = path
        names.append(name)
    return ".".join(names)
