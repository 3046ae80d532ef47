"""Answers: data, or errors, as bytes."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from graphql import ExecutionResult, GraphQLError

from pressroom.cms.errors import PressroomError
from pressroom.cms.http.operations import GraphQLResponse, Outcome

from .values import to_json

_LONGEST_MESSAGE = 500
"""Characters; a message may quote a name that a request brings, however long it is."""

_log = logging.getLogger(__name__)


def answer_data(
    data: dict[str, Any] | None, errors: Iterable[GraphQLError] = ()
) -> GraphQLResponse:
    """Answer what was executed; without data, it came to nothing."""
    answer: dict[str, Any] = {"data": data}
    if found := [_formatted(error) for error in errors]:
        answer = {"errors": found, "data": data}
    return GraphQLResponse(to_json(answer))


def with_cost(answer: GraphQLResponse, cost: int, limit: int) -> GraphQLResponse:
    """Tell in an answer, which is a JSON object, how many nodes its operation may read.

    The headers about keeping and comparing the answer are not true of the longer one.
    """
    told = to_json({"extensions": {"cost": {"nodes": cost, "limit": limit}}})
    return GraphQLResponse(answer.body[:-1] + b"," + told[1:], answer.outcome)


def answer_refusal(
    errors: Iterable[GraphQLError], outcome: Outcome = Outcome.REQUEST_ERROR
) -> GraphQLResponse:
    """Answer a request that was not executed."""
    return GraphQLResponse(to_json({"errors": [_formatted(error) for error in errors]}), outcome)


def error_of(exception: Exception, **place: Any) -> GraphQLError:
    """Turn whatever was raised into an error that can be shown; a fault of ours says nothing."""
    if isinstance(exception, GraphQLError):
        return exception
    if not isinstance(exception, PressroomError):
        _log.error("A field failed", exc_info=exception)
    return _shown(exception, place)


def errors_of(result: ExecutionResult) -> list[GraphQLError]:
    """Turn what graphql-core has located into errors that can be shown, as `error_of` does.

    What fails in each row of a list is logged once.
    """
    errors = result.errors or []
    unexpected = {
        tuple(key for key in error.path or () if isinstance(key, str)): error.original_error
        for error in errors
        if not isinstance(error.original_error, GraphQLError | PressroomError | None)
    }
    for field, exception in unexpected.items():
        _log.error("A field failed: %s", ".".join(field), exc_info=exception)
    return [_located(error) for error in errors]


def _located(error: GraphQLError) -> GraphQLError:
    exception = error.original_error
    if exception is None or isinstance(exception, GraphQLError):
        return error
    return _shown(exception, {"nodes": error.nodes, "path": error.path})


def _shown(exception: Exception, place: Mapping[str, Any]) -> GraphQLError:
    if isinstance(exception, PressroomError):
        return GraphQLError(str(exception), extensions={"code": exception.code}, **place)
    return GraphQLError("Internal error.", extensions={"code": "INTERNAL"}, **place)


def _formatted(error: GraphQLError) -> dict[str, Any]:
    shown = dict(error.formatted)
    if len(error.message) > _LONGEST_MESSAGE:
        shown["message"] = f"{error.message[:_LONGEST_MESSAGE]}…"
    shown["extensions"] = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    return shown
