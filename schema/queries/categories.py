"""Categories: one, and many."""

import strawberry

from pressroom.cms.store.categories import categories_of_site
from pressroom.cms.store.lookups import known_by
from pressroom.schema.engine.declarations import Connection, Lookup
from pressroom.schema.enums import CategoryOrder
from pressroom.schema.fields import PAGED, argument, field, optional
from pressroom.schema.types.category import Category, CategoryConnection
from pressroom.schema.types.filters import CategoryBy, CategoryFilter


@strawberry.type
class CategoryQueries:
    """Categories: one, and many."""

    category: Category | None = field(
        Lookup(lambda row, scope, given: known_by(row, "Category", given["by"], scope)),
        "One category; null where there is none.",
        argument("by", CategoryBy, "What it is known by."),
    )
    categories: CategoryConnection = field(
        Connection(categories_of_site),
        "The site's categories.",
        *PAGED,
        optional("where", CategoryFilter, "Which of them."),
        argument(
            "order_by", CategoryOrder | None, "Which come first.", default=CategoryOrder.NAME_ASC
        ),
    )
