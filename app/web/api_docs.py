"""What programs may ask for: the OpenAPI description of `/api/v1`, and a page that shows it without a network."""

from typing import Any

from litestar import Request, Response, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, OpenAPIType, Schema, SecurityScheme

from app import __version__
from app.people.actors import Actor
from app.web.render import render

METHODS = ("get", "post", "put", "patch", "delete")
CONVENTIONS = (
    "Everything a person can do through pages, a program can do here, with the rights of the key's user.",
    "Authorization: Bearer KEY; “zhunjiao apikey create --user NAME” prints a key once.",
    "Quantities, prices and amounts are decimal strings; dates 2026-12-10; instants RFC 3339 with offset.",
    "Every POST takes Idempotency-Key: the same key and body get the stored answer with Idempotency-Replayed: true,"
    " the same key with another body 422.",
    'A row has version; If-Match: "7" on a change, 409 when it is stale.',
    'Lists: ?limit=50&cursor=…&sort=-due_date&q=… answer {"items": […], "next_cursor": …}.',
    "A verb that somebody must agree to answers 202 with the approval's address in Location and runs by itself when granted.",
    "Errors: application/problem+json with type, title, status, detail, code and, for wrong input, fields.",
)
PROBLEM = Schema(
    type=OpenAPIType.OBJECT,
    description="RFC 9457",
    properties={
        **{name: Schema(type=OpenAPIType.STRING) for name in ("type", "title", "detail", "code")},
        "status": Schema(type=OpenAPIType.INTEGER),
        "fields": Schema(type=OpenAPIType.OBJECT, additional_properties=Schema(type=OpenAPIType.STRING)),
    },
    required=["type", "title", "status", "detail", "code"],
)


def openapi() -> OpenAPIConfig:
    """The description at `/api/openapi.json`; what a call means is its handler's docstring."""
    return OpenAPIConfig(
        title="准交 Zhunjiao", version=__version__, description="\n".join(f"- {line}" for line in CONVENTIONS), path="/api/openapi.json",
        render_plugins=[JsonRenderPlugin(path="/")], use_handler_docstrings=True, security=[{"key": []}],
        components=Components(
            security_schemes={"key": SecurityScheme(type="http", scheme="bearer", description="API key")},
            schemas={"Problem": PROBLEM},
        ),
    )  # fmt: skip


@get("/api/docs", include_in_schema=False)
async def api_docs(request: Request, by: Actor) -> Response[str]:
    """The same for people: the calls of each resource with what they take and answer."""
    schema = request.app.openapi_schema
    return await render(
        request, "web/api_docs.html", resources=_resources(schema.paths or {}), conventions=CONVENTIONS
    )


def _resources(paths: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """By resource (`sales-orders`), its calls: method, path, text."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted(paths):
        resource = path.removeprefix("/api/v1/").split("/")[0]
        for method in METHODS:
            call = getattr(paths[path], method)
            if call is not None:
                said = {"method": method.upper(), "path": path, "text": call.description or ""}
                found.setdefault(resource, []).append(said)
    return found
