"""How many examples property tests try: more where PRESSROOM_THOROUGHNESS says how many times."""

import os

TIMES = int(os.environ.get("PRESSROOM_THOROUGHNESS", "1"))


def examples(number: int) -> int:
    """Give the number of examples to try of a property."""
    return number * TIMES
