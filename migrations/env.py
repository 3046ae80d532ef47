"""What Alembic runs to reach the database; `migrate` hands the connection over."""

from alembic import context

from pressroom.cms.content import Base


def run() -> None:
    """Run the migrations on the connection that was handed over, in its transaction."""
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=Base.metadata
    )
    with context.begin_transaction():
        context.run_migrations()


run()
