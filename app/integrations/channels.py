"""How mail and WeCom are reached: from the environment of the server, else as entered here. Secrets lie sealed and are never shown."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.config import settings
from app.core import db, text
from app.core.refusals import NOT_A_CHOICE, REQUIRED, TOO_LONG, Invalid, Refused
from app.core.sealing import seal, unseal
from app.core.words import N_, Word
from app.events.log import changes, record
from app.integrations import jobs, refusals
from app.integrations.events import ChannelSet
from app.integrations.permissions import EDIT
from app.people.actors import Actor

SECURITY: dict[str, Word] = {
    "starttls": N_("STARTTLS (587)"),
    "tls": N_("TLS (465)"),
    "none": N_("none, inside the house only"),
}
HIDDEN = "•••"
_MAIL_ADDRESS = re.compile(r"[^@\s<>\"',;:]{1,64}@[^@\s<>\"',;:]{1,120}")


@dataclass(frozen=True)
class Setting:
    """One value of a channel. `environment` is the attribute of the settings that wins when it is set."""

    name: str
    label: Word
    environment: str
    hint: Word = Word("")
    secret: bool = False
    default: str = ""
    needed: bool = True
    choices: tuple[tuple[str, Word], ...] = ()


FIELDS: dict[str, tuple[Setting, ...]] = {
    jobs.MAIL: (
        Setting("host", N_("Mail server"), "mail_host", Word("smtp.exmail.qq.com")),
        Setting("port", N_("Port"), "mail_port", default="587"),
        Setting("security", N_("Encryption"), "mail_security", default="starttls", choices=tuple(SECURITY.items())),
        Setting("user", N_("User"), "mail_user", needed=False),
        Setting("password", N_("Password"), "mail_password",
                N_("often a code made for programs, not the one people log in with"), True, needed=False),
        Setting("sender", N_("Sender"), "mail_from", N_("the address people see")),
    ),
    jobs.WECOM: (
        Setting("corp", N_("Corp id"), "wecom_corp_id", N_("ww…, in the console under my company")),
        Setting("agent", N_("Agent id"), "wecom_agent_id", N_("number of the application")),
        Setting("secret", N_("Secret"), "wecom_secret", N_("of the same application"), True),
        Setting("url", N_("Address"), "wecom_url", N_("another one only behind a proxy"), default="https://qyapi.weixin.qq.com"),
    ),
}  # fmt: skip


async def values(channel: str) -> dict[str, str]:
    """All values of a channel with their secrets: for its client only."""
    row = await db.one("select plain, sealed from channel_settings where channel = {}", channel)
    plain, sealed = (json.loads(row["plain"]), json.loads(row["sealed"])) if row else ({}, {})
    found = {}
    for each in FIELDS[channel]:
        kept = unseal(sealed.get(each.name, "")) if each.secret else plain.get(each.name, "")
        found[each.name] = getattr(settings, each.environment) or kept or each.default
    return found


async def is_set_up(channel: str) -> bool:
    """Whether everything that is needed is there."""
    found = await values(channel)
    return all(found[each.name] for each in FIELDS[channel] if each.needed)


async def shown(channel: str) -> dict[str, Any]:
    """A channel for its page: no secret, only whether there is one, and what the environment has set."""
    row = await db.one("select version from channel_settings where channel = {}", channel)
    found = await values(channel)
    return {
        "channel": channel, "label": jobs.TARGETS[channel], "version": row["version"] if row else "", "ready": await is_set_up(channel),
        "fields": [
            {"name": f.name, "label": f.label, "hint": f.hint, "secret": f.secret, "choices": f.choices, "needed": f.needed,
             "value": "" if f.secret else found[f.name], "there": bool(found[f.name]), "fixed": bool(getattr(settings, f.environment))}
            for f in FIELDS[channel]
        ],
    }  # fmt: skip


async def set_up(channel: str, entered: Mapping[str, str], *, by: Actor) -> None:
    """Write a channel's values. An empty secret stays as it is; what the environment sets cannot be changed here."""
    by.must(EDIT)
    before = await values(channel)
    problems = {
        f.name: problem for f in FIELDS[channel] if (problem := _problem(channel, f, entered, before))
    }
    if problems:
        raise Invalid(problems)
    row = await db.one("select plain, sealed from channel_settings where channel = {}", channel)
    plain, sealed = (json.loads(row["plain"]), json.loads(row["sealed"])) if row else ({}, {})
    for each in FIELDS[channel]:
        value = text.clean(entered.get(each.name, ""))
        if getattr(settings, each.environment):
            continue
        if each.secret and value:
            sealed[each.name] = seal(value)
        elif not each.secret:
            plain[each.name] = value or each.default
    await db.rows(
        "insert into channel_settings (channel, plain, sealed, version) values ({}, {}, {}, 1)"
        " on conflict (channel) do update set plain = excluded.plain, sealed = excluded.sealed, version = channel_settings.version + 1",
        channel, json.dumps(plain, ensure_ascii=False), json.dumps(sealed),
    )  # fmt: skip
    difference = _difference(channel, before, await values(channel))
    if difference:
        id_ = await db.value("select id from channel_settings where channel = {}", channel)
        await record(
            ChannelSet(subject=("channel", id_), what=jobs.TARGETS[channel], changes=difference), by=by
        )


def _problem(
    channel: str, field: Setting, entered: Mapping[str, str], before: Mapping[str, str]
) -> Refused | None:
    value = text.clean(entered.get(field.name, ""))
    if getattr(settings, field.environment):
        return None
    if not value:
        missing = field.needed and not field.default and not (field.secret and before[field.name])
        return Refused(REQUIRED, field.name) if missing else None
    if len(value) > 200:
        return Refused(TOO_LONG, field.name, limit=200, length=len(value))
    wrong = {
        "sender": refusals.BAD_ADDRESS if not is_address(value) else None,
        "host": refusals.BAD_HOST if not re.fullmatch(r"[A-Za-z0-9.-]+", value) else None,
        "corp": refusals.BAD_CORP if not re.fullmatch(r"w[wx][0-9A-Za-z]{8,40}", value) else None,
        "agent": refusals.BAD_AGENT if not re.fullmatch(r"[0-9]{1,12}", value) else None,
        "url": refusals.BAD_URL
        if not re.match(r"https://[^/\s]+|http://(127\.0\.0\.1|localhost)[:/]?", value)
        else None,
        "security": NOT_A_CHOICE if value not in SECURITY else None,
        "port": NOT_A_CHOICE if not (re.fullmatch(r"[0-9]{1,5}", value) and 0 < int(value) < 65536) else None,
    }.get(field.name)
    return Refused(wrong, field.name, given=value[:40]) if wrong else None


def _difference(channel: str, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[Any]]:
    """What changed, by the words of the fields; of a secret only that it did."""
    labels = {f.name: f for f in FIELDS[channel]}
    found = {}
    for name, pair in changes(dict(before), dict(after)).items():
        field = labels[name]
        found[str(field.label)] = [HIDDEN if value else "" for value in pair] if field.secret else pair
    return found


def is_address(value: str) -> bool:
    """Whether it can be a mail address."""
    return bool(_MAIL_ADDRESS.fullmatch(value))
