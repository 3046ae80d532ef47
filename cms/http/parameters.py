"""From the bytes of an HTTP request to the parameters of a GraphQL request, strictly."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from . import strict_json
from .operations import GraphQLRequest
from .rejections import Rejected

MAX_PARAMETERS = 20


def from_body(body: bytes, name: str = "The request's body") -> GraphQLRequest:
    """Read the JSON body of a POST; `name` says in errors which part of the request it is.

    Raises:
        Rejected: 400, naming the parameter at fault.
    """
    parameters = strict_json.decode(body, name)
    if not isinstance(parameters, dict):
        raise Rejected(400, f"{name} must be a JSON object.")
    return _request(parameters, queries_only=False)


def from_address(query_string: bytes) -> GraphQLRequest:
    """Read the parameters of a GET from its address; an empty one counts as left out.

    Raises:
        Rejected: 400, naming the parameter at fault.
    """
    parameters: dict[str, Any] = {}
    for name, value in _pairs(query_string):
        if name in parameters:
            raise Rejected(400, f"The parameter `{name}` is given more than once.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        if name in parameters:
            text = parameters[name].encode()
            parameters[name] = strict_json.decode(text, f"The parameter `{name}`")
    return _request(parameters, queries_only=True)


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        text = query_string.decode("ascii")
        return parse_qsl(text, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeError:
        raise Rejected(400, "The address is not percent-encoded UTF-8.") from None
    except ValueError:
        message = f"The address has more than {MAX_PARAMETERS} parameters."
        raise Rejected(400, message) from None


def _request(parameters: Mapping[str, Any], *, queries_only: bool) -> GraphQLRequest:
    query = _text(parameters, "query")
    if query is None:
        raise Rejected(400, "The parameter `query` is missing.")
    return GraphQLRequest(
        query=query,
        variables=_map(parameters, "variables"),
        operation_name=_text(parameters, "operationName") or None,
        extensions=_map(parameters, "extensions"),
        queries_only=queries_only,
    )


def _text(parameters: Mapping[str, Any], name: str) -> str | None:
    value = parameters.get(name)
    if value is None or isinstance(value, str):
        return value
    raise Rejected(400, f"The parameter `{name}` must be a string.")


def _map(parameters: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    value = parameters.get(name)
    if value is None or isinstance(value, dict):
        return value
    raise Rejected(400, f"The parameter `{name}` must be an object.")
