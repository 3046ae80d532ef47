"""Counters of what an engine did.

Each request is either refused or answered by a plan: there is no other executor to fall back to.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Metrics:
    """How often something happened since the process began."""

    documents_read: int = 0
    """Documents that were parsed and validated, and found good."""
    requests_refused: int = 0
    """Requests that were not executed."""
    plans_made: int = 0
    plans_used: int = 0
    """Requests that were answered by a plan, new or kept."""
