"""What an import took, changed and left out."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

EXAMPLES = 5


class Outcome(StrEnum):
    """What became of something that did not come in exactly as it stood."""

    CHANGED = "changed"
    LEFT_OUT = "left_out"


@dataclass
class Remark:
    """How often something was changed or left out for one reason, and the first examples."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


class Report:
    """The tally of one import; its size does not grow with the size of what is imported."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.present: Counter[str] = Counter()
        """What an earlier import had brought, or what was there already."""
        self._remarks: dict[tuple[Outcome, str, str], Remark] = {}

    def changed(self, kind: str, reason: str, example: str) -> None:
        """Note that a thing came in otherwise than it stood."""
        self._remark(Outcome.CHANGED, kind, reason, example)

    def left_out(self, kind: str, reason: str, example: str) -> None:
        """Note that a thing did not come in."""
        self._remark(Outcome.LEFT_OUT, kind, reason, example)

    def _remark(self, outcome: Outcome, kind: str, reason: str, example: str) -> None:
        self._remarks.setdefault((outcome, kind, reason), Remark()).add(example)

    def remarks(self, outcome: Outcome) -> list[tuple[str, str, Remark]]:
        """List kind, reason and remark of one outcome, the most frequent first."""
        found = [
            (kind, reason, remark)
            for (noted, kind, reason), remark in self._remarks.items()
            if noted is outcome
        ]
        return sorted(found, key=lambda entry: -entry[2].count)

    def as_json(self) -> dict[str, Any]:
        """Give the report as a script reads it."""
        return {
            "taken": dict(self.taken),
            "present": dict(self.present),
            **{outcome.value: self._listed(outcome) for outcome in Outcome},
        }

    def _listed(self, outcome: Outcome) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "reason": reason, "count": remark.count, "examples": remark.examples}
            for kind, reason, remark in self.remarks(outcome)
        ]

    def as_text(self) -> str:
        """Give the report as a person reads it."""
        return "\n".join([*self._tally(), *self._explained()])

    def _tally(self) -> list[str]:
        kinds = [*self.taken, *(kind for kind in self.present if kind not in self.taken)]
        width = max(map(len, kinds), default=0)
        rows = [
            f"  {kind:<{width}}  {self.taken[kind]:>8,}  {self.present[kind]:>14,}"
            for kind in kinds
        ]
        return [f"  {'':<{width}}  {'taken':>8}  {'already there':>14}", *rows]

    def _explained(self) -> list[str]:
        lines = []
        titles = {Outcome.CHANGED: "Changed", Outcome.LEFT_OUT: "Left out"}
        for outcome, title in titles.items():
            remarks = self.remarks(outcome)
            lines += ["", title] if remarks else []
            for kind, reason, remark in remarks:
                more = "…" if remark.count > len(remark.examples) else ""
                lines.append(f"  {remark.count:>5,} {kind}: {reason}")
                lines.append(f"        {'; '.join(remark.examples)}{more}")
        return lines
