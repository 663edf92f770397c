"""What the channels do with a job: make its message from the events it carries, hand it over, say what came of it."""

import asyncio
import json
from email.message import EmailMessage
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.reach import own_address
from app.core.sealing import unseal
from app.core.words import N_, _, speaking
from app.events.hiding import readable
from app.events.log import told
from app.integrations import channels, jobs, outcomes
from app.integrations.mail import client as smtp
from app.integrations.mail import map as mail
from app.integrations.outcomes import DONE, GIVE_UP, LATER, Outcome
from app.integrations.wecom import client as wecom
from app.integrations.wecom import map as cards
from app.integrations.wire import NoAnswer, NotReached
from app.people import logins
from app.people.actors import Actor
from app.web.render import environment, moment

MOST_LINES = 30
NO_ADDRESS = N_("The receiver has no address for this channel any more")
NO_ROBOT = N_("The group robot is switched off")
OUTSIDER = Actor(name="")
"""A group: nobody in it is known, so it reads what anybody may."""


async def prepare(job: dict[str, Any]) -> dict[str, Any] | None:
    """The message of a job: title, lines with their addresses, time. None when all of it was read at the bell meanwhile."""
    payload = json.loads(job["payload"])
    if "letter" in payload:
        return dict(payload["letter"])
    reader = await logins.actor_of_user(payload["user"]) if "user" in payload else OUTSIDER
    if reader is None:
        return None
    rows = await db.rows(
        "select e.*, d.href as leads_to, n.id as notice, n.read_at from deliveries d join events e on e.id = d.event"
        ' left join notices n on n.event = d.event and n."user" = {} where d.job = {} order by d.id',
        payload.get("user", 0), job["id"],
    )  # fmt: skip
    language = reader.language if "user" in payload else await _language(payload)
    with speaking(language):
        events = readable([told(row) for row in rows if row["read_at"] is None], reader)
        return _message(events, payload) if events else None


async def _language(payload: dict[str, Any]) -> str:
    return (
        await db.value("select language from group_robots where id = {}", payload.get("robot", 0))
        or settings.language
    )


def _message(events: list[dict[str, Any]], payload: dict[str, Any]) -> dict[str, Any]:
    lines = [
        {"text": f"{e['actor']} {e['sentence']}", "url": address(f"/notices/{e['notice']}" if e["notice"] else e["leads_to"])}
        for e in events[:MOST_LINES]
    ]  # fmt: skip
    if len(events) > MOST_LINES:
        lines.append({"text": _("and %(n)s more", n=len(events) - MOST_LINES), "url": address("/notices")})
    one = len(events) == 1
    digest = payload.get("how") == "digest"
    title = lines[0]["text"] if one else _("%(n)s new notices", n=len(events))
    return {
        "title": _("Digest: %(title)s", title=title) if digest and not one else title, "lines": lines,
        "url": lines[0]["url"] if one else address("/notices"), "time": moment(clock.now()), "button": _("Look at it"),
        "foot": _("You chose to hear of this; change it under %(address)s", address=address("/me/notifications") or _("My account")),
    }  # fmt: skip


def address(path: str) -> str:
    """A page of this house as its people reach it; '' where only the machine itself does: no link is better than a dead one."""
    house = own_address()
    return house and house + path


async def by_mail(job: dict[str, Any]) -> Outcome:
    """Send by SMTP, in a thread: the library waits."""
    values = await channels.values(jobs.MAIL)
    receiver = await _address(job, "mail")
    request = {"to": receiver, "host": values["host"], "subject": job["message"]["title"]}
    if not receiver:
        return Outcome(GIVE_UP, "no_address", NO_ADDRESS, request)
    if not await channels.is_set_up(jobs.MAIL):
        return Outcome(LATER, "not_set_up", outcomes.NOT_SET, request, ours=True)
    letter = await written(job, values["sender"], receiver)
    try:
        said = await asyncio.to_thread(smtp.send, values, receiver, letter)
    except smtp.Answered as no:
        return mail.outcome_of(no, request)
    except NotReached as error:
        return Outcome(LATER, "not_reached", outcomes.NOT_REACHED, request, {"error": str(error)})
    except NoAnswer as error:
        return mail.no_answer(str(error), request)
    return Outcome(DONE, "250", "", request, {"said": said[:300]})


async def written(job: dict[str, Any], sender: str, receiver: str) -> EmailMessage:
    """The mail of a job: a message to one of us, or a letter to a customer with our papers."""
    message, id_ = job["message"], f"job-{job['id']}-{job['key']}".replace(":", "-")
    if "papers" not in message:
        html = environment().get_template("mail/message.html").render(message=message)
        return mail.mail_of(message, html, sender, receiver, job["made_at"], id_)
    rows = await db.rows(
        "select number, pdf from issued_documents where {} order by id", db.any_of("id", message["papers"])
    )
    papers = [(f"{row['number']}.pdf", bytes(row["pdf"])) for row in rows]
    return mail.letter_of(message, papers, sender, receiver, job["made_at"], id_)


async def by_wecom(job: dict[str, Any]) -> Outcome:
    """A card to one person through our application."""
    values = await channels.values(jobs.WECOM)
    receiver = await _address(job, "wecom")
    if not receiver:
        return Outcome(GIVE_UP, "no_address", NO_ADDRESS)
    if not await channels.is_set_up(jobs.WECOM):
        return Outcome(LATER, "not_set_up", outcomes.NOT_SET, ours=True)
    body = cards.text_card(job["message"], receiver, values["agent"], job["message"]["button"])
    try:
        return cards.outcome_of(await wecom.Application(values).send(body), body)
    except NotReached as error:
        return Outcome(LATER, "not_reached", outcomes.NOT_REACHED, body, {"error": str(error)})
    except NoAnswer as error:
        return cards.no_answer(str(error), body, repeatable=True)


async def by_robot(job: dict[str, Any]) -> Outcome:
    """Into a group by its robot. There is no way to ask whether a message arrived."""
    robot = await db.one("select key, active from group_robots where id = {}", job["payload"]["robot"])
    key = unseal(robot["key"]) if robot else ""
    if robot is None or not robot["active"] or not key:
        return Outcome(GIVE_UP, "no_robot", NO_ROBOT)
    body = cards.markdown(job["message"])
    url = (await channels.values(jobs.WECOM))["url"]
    try:
        return cards.outcome_of(await wecom.post_to_group(url, key, body), body)
    except NotReached as error:
        return Outcome(LATER, "not_reached", outcomes.NOT_REACHED, body, {"error": str(error)})
    except NoAnswer as error:
        return cards.no_answer(str(error), body, repeatable=False)


async def _address(job: dict[str, Any], channel: str) -> str:
    """Where the receiver is reached today; a test carries its own address."""
    if "to" in job["payload"]:
        return str(job["payload"]["to"])
    found = await db.value(
        f'select {channel} from notification_choices where "user" = {{}}', job["payload"].get("user", 0)
    )
    return found or ""
