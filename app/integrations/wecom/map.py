"""From our messages to WeCom's, and from its codes to what is done about them. Decided by `errcode`, never by `errmsg`."""

import re
from datetime import timedelta
from html import escape
from typing import Any

from app.core.words import N_, Word
from app.integrations import outcomes
from app.integrations.outcomes import DONE, GIVE_UP, LATER, Outcome

TITLE, DESCRIPTION, TEXT, MARKDOWN = 128, 512, 2048, 4096
"""Most bytes of UTF-8; a Chinese character has three."""
DUPLICATES = 14_400

AGAIN = timedelta(seconds=10)
QUOTA = timedelta(seconds=70)
CODES: dict[int, tuple[str, Word, timedelta | None, bool]] = {
    -1: (LATER, N_("WeCom is busy"), AGAIN, False),
    6000: (LATER, N_("WeCom is busy"), AGAIN, False),
    45009: (LATER, N_("Too many calls in this minute"), QUOTA, False),
    45033: (LATER, N_("Too many calls at the same time"), AGAIN, False),
    40014: (LATER, N_("WeCom does not take its own token"), QUOTA, False),
    42001: (LATER, N_("WeCom does not take its own token"), QUOTA, False),
    41001: (LATER, N_("WeCom does not take its own token"), QUOTA, False),
    40001: (GIVE_UP, N_("The secret of the application is wrong"), None, True),
    40013: (GIVE_UP, N_("The corp id is wrong"), None, True),
    40056: (GIVE_UP, N_("The agent id is wrong"), None, True),
    48002: (GIVE_UP, N_("The application may not use this call"), None, True),
    84061: (GIVE_UP, N_("The application has no right to this person"), None, True),
    301002: (GIVE_UP, N_("The application has no right to this"), None, True),
    60020: (GIVE_UP, N_("Our address is not among the trusted addresses of the application"), None, True),
    93000: (GIVE_UP, N_("The key of the group robot is wrong"), None, True),
    81013: (
        GIVE_UP,
        N_("WeCom does not know this person, or the application does not reach them"),
        None,
        True,
    ),
    40003: (
        GIVE_UP,
        N_("WeCom does not know this person, or the application does not reach them"),
        None,
        True,
    ),
    40008: (GIVE_UP, N_("WeCom does not understand the message"), None, False),
    40058: (GIVE_UP, N_("WeCom does not understand the message"), None, False),
    40063: (GIVE_UP, N_("WeCom does not understand the message"), None, False),
}
"""errcode → what is done, what it means, when again, and whether an administrator must act."""
UNHEARD: Word = N_("A code that is not known here")


def outcome_of(answer: dict[str, Any], request: Any) -> Outcome:
    """What WeCom's answer means for the job."""
    code = answer.get("errcode")
    told = {
        k: answer[k]
        for k in ("errcode", "errmsg", "msgid", "invaliduser", "at")
        if answer.get(k) not in (None, "")
    }
    if code == 0 and not answer.get("invaliduser"):
        return Outcome(DONE, "0", "", request, told)
    number = 81013 if code == 0 else code if isinstance(code, int) else -1
    kind, said, after, ours = CODES.get(number, (GIVE_UP, UNHEARD, None, True))
    return Outcome(kind, str(number), said, request, told, after, ours=ours)


def no_answer(said: str, request: Any, repeatable: bool) -> Outcome:
    """A time-out on a send. Our application's message may be sent again: WeCom throws a second one away. A robot's may not."""
    told = {"error": said}
    return Outcome(outcomes.UNKNOWN, "timeout", outcomes.NO_ANSWER, request, told, repeatable=repeatable)


def text_card(message: dict[str, Any], user: str, agent: str, button: str) -> dict[str, Any]:
    """A card for one person, with the duplicate check on: the same content within four hours arrives once. A card must lead
    somewhere: without a link it is plain text."""
    if message["url"]:
        card = {
            "title": cut(message["title"], TITLE),
            "description": _description(message),
            "url": message["url"],
            "btntxt": button[:4],
        }
        kind, said = "textcard", card
    else:
        kind, said = "text", {"content": cut("\n".join(line["text"] for line in message["lines"]), TEXT)}
    return {
        "touser": user, "msgtype": kind, "agentid": int(agent), kind: said,
        "enable_duplicate_check": 1, "duplicate_check_interval": DUPLICATES,
    }  # fmt: skip


def _description(message: dict[str, Any]) -> str:
    """As many lines as fit: the time in grey, then the lines."""
    made = f'<div class="gray">{escape(message["time"])}</div>'
    for line in message["lines"]:
        more = f'<div class="normal">{escape(line["text"])}</div>'
        if len((made + more).encode()) > DESCRIPTION:
            room = DESCRIPTION - len((made + '<div class="normal"></div>').encode())
            short = cut(line["text"], max(room, 0))
            while short and len(escape(short).encode()) > room:
                short = short[:-1]
            return made + (f'<div class="normal">{escape(short)}</div>' if len(short) > 1 else "")
        made += more
    return made


def markdown(message: dict[str, Any]) -> dict[str, Any]:
    """A group's message: each line as a link, where there is one, under the title when there are several."""
    several = len(message["lines"]) > 1
    said = f"**{_plain(message['title'])}**" if several else ""
    for line in message["lines"]:
        text = cut(_plain(line["text"]), 600)
        more = ("\n> " if several else "") + (f"[{text}]({line['url']})" if line["url"] else text)
        if len((said + more).encode()) > MARKDOWN:
            break
        said += more
    return {"msgtype": "markdown", "markdown": {"content": said}}


def _plain(text: str) -> str:
    """Text in which nothing is markup for WeCom."""
    return re.sub(
        r"[\[\]()<>*`_#\\]",
        lambda found: {"[": "［", "]": "］", "(": "（", ")": "）", "<": "＜", ">": "＞"}.get(found[0], ""),
        text,
    )


def cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, no character torn apart."""
    data = text.encode()
    if len(data) <= most:
        return text
    return data[: max(most - 3, 0)].decode(errors="ignore") + ("…" if most >= 3 else "")
