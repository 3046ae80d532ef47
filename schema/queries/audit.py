"""The audit log."""

import strawberry

from pressroom.cms.store.audit import audit_log
from pressroom.schema.engine.declarations import Connection
from pressroom.schema.fields import FORWARD, field, optional
from pressroom.schema.types.audit import AuditConnection, AuditFilter


@strawberry.type
class AuditQueries:
    """The audit log."""

    audit_log: AuditConnection = field(
        Connection(audit_log),
        "Who did what to which thing, newest first. Administrators alone may ask: for others it is"
        " FORBIDDEN.",
        *FORWARD,
        optional("where", AuditFilter, "Which entries."),
    )
