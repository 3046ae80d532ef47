"""Answers: data, or errors, as bytes."""

import logging
from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError

from pressroom.cms.errors import PressroomError
from pressroom.cms.http.operations import GraphQLResponse, Outcome

from .values import to_json

_log = logging.getLogger(__name__)


def answer_data(data: dict[str, Any], errors: Iterable[GraphQLError] = ()) -> GraphQLResponse:
    """Answer what was executed."""
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


def answer_failure(errors: Iterable[GraphQLError]) -> GraphQLResponse:
    """Answer what was executed and came to nothing."""
    return GraphQLResponse(
        to_json({"errors": [_formatted(error) for error in errors], "data": None})
    )


def answer_refusal(
    errors: Iterable[GraphQLError], outcome: Outcome = Outcome.REQUEST_ERROR
) -> GraphQLResponse:
    """Answer a request that was not executed."""
    return GraphQLResponse(to_json({"errors": [_formatted(error) for error in errors]}), outcome)


def error_of(exception: Exception, **place: Any) -> GraphQLError:
    """Turn whatever was raised into an error that can be shown; a fault of ours says nothing."""
    if isinstance(exception, GraphQLError):
        return exception
    if isinstance(exception, PressroomError):
        return GraphQLError(str(exception), extensions={"code": exception.code}, **place)
    _log.error("A field failed", exc_info=exception)
    return GraphQLError("Internal error.", extensions={"code": "INTERNAL"}, **place)


def _formatted(error: GraphQLError) -> dict[str, Any]:
    shown = dict(error.formatted)
    shown["extensions"] = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    return shown
