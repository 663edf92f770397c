"""`/api/v1/todos`: what waits for the key's user."""

from litestar import Response, get

from app.home import todos
from app.people.actors import Actor
from app.web.api import listed


@get("/api/v1/todos")
async def mine(by: Actor) -> Response:
    """Each kind of thing that waits, how many, since when, where they are listed, and the oldest of them."""
    found = await todos.of(by)
    return listed(
        [
            {"key": each["key"], "label": each["label"], "count": each["count"], "page": each["href"],
             "oldest": each["oldest"].isoformat() if each["oldest"] else None,
             "things": [{**thing, "since": thing["since"].isoformat() if thing["since"] else None} for thing in each["things"]]}
            for each in found
        ], None,
    )  # fmt: skip


ROUTES = [mine]
