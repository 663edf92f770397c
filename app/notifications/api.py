"""`/api/v1/notification-choices`: what a login hears by which way."""

from typing import Any

from litestar import Request, Response, get, put

from app.notifications import choices
from app.notifications.choices import Choice
from app.notifications.topics import CHANNELS, TOPICS
from app.people.actors import Actor
from app.web.api import carry_out, reply
from app.web.input import read_json

PLACE = "/api/v1/notification-choices/{login:str}"


async def shown(choice: Choice) -> dict[str, Any]:
    """As it is written back: `topics` is {topic: {channel: "now", "digest" or ""}}."""
    return {
        "mail": choice.mail, "wecom": choice.wecom, "topics": {t: {c: choice.how(t, c) for c in CHANNELS} for t in TOPICS},
        **{n: choices.said_of(getattr(choice, n)) for n in ("quiet_from", "quiet_until", "digest_at")}, "version": choice.version,
    }  # fmt: skip


@get(PLACE)
async def show(login: str, by: Actor) -> Response:
    user = await choices.user_of(login, by)
    return reply(await shown((await choices.of([user["id"]]))[user["id"]]))


@put(PLACE)
async def choose(request: Request, login: str, by: Actor) -> Response:
    """What is not sent stays."""
    form = await read_json(request)
    user = await choices.user_of(login, by)
    now = await shown((await choices.of([user["id"]]))[user["id"]])
    return await carry_out(request, choices.choose, login, {**now, **form.values}, shown=shown)


ROUTES = [show, choose]
