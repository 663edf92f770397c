"""Mails leave the house once each, and what the mail server says decides."""

import pytest

from app.config import settings
from app.core import db
from tests.notifications.outside import by_mail, choose, happened, jobs_as, pass_, tell
from tests.notifications.ways import AT_ONCE
from tests.simulators import mail
from tests.world import World


async def test_mail_arrives_with_its_link_and_its_own_number(world: World, post: mail.Post) -> None:
    await by_mail(world, post)
    await choose(world, "xiaolan", mail="xiaolan@example.com", topics=AT_ONCE)
    await tell([world.xiaolan.user_id], await happened(1, "SO-77"), "/orders/SO-77")
    await pass_(1)
    (got,) = post.mails
    notice = await db.value("select id from notices")
    assert (
        "SO-77" in got["Subject"]
        and got["To"] == "xiaolan@example.com"
        and got["Message-ID"].startswith("<job-")
    )
    assert f"/notices/{notice}" in got.get_body(("plain",)).get_content()
    assert f"/notices/{notice}" in got.get_body(("html",)).get_content()
    assert await jobs_as() == [("done", "250", 1)]


@pytest.mark.parametrize(
    ("host", "leads"),
    [("127.0.0.1", ""), ("localhost", ""), ("0.0.0.0", "http://192.168.1.10:8000"), ("192.168.1.20", "http://192.168.1.20:8000"),
     ("fd00::5", "http://[fd00::5]:8000")],
)  # fmt: skip
async def test_without_a_public_address_a_mail_leads_into_the_network_or_nowhere(
    world: World, post: mail.Post, monkeypatch: pytest.MonkeyPatch, host: str, leads: str
) -> None:
    monkeypatch.setattr("app.core.reach.address_in_network", lambda: "192.168.1.10")
    for name, value in {"public_url": "", "host": host, "port": 8000}.items():
        monkeypatch.setattr(settings, name, value)
    await by_mail(world, post)
    await choose(world, "xiaolan", mail="xiaolan@example.com", topics=AT_ONCE)
    await tell([world.xiaolan.user_id], await happened(1, "SO-77"), "/orders/SO-77")
    await pass_(1)
    (got,) = post.mails
    for kind in ("plain", "html"):
        said = got.get_body((kind,)).get_content()
        assert "SO-77" in said and "127.0.0.1" not in said and "localhost" not in said
        assert (
            (f"{leads}/notices/" in said and f"{leads}/me/notifications" in said)
            if leads
            else "http" not in said
        )
        assert leads or "我的账号" in said


@pytest.mark.parametrize(
    ("fault", "first", "last", "copies"),
    [("greylist", ("waiting", "451", 1), ("done", "250", 2), 1), ("busy", ("waiting", "450", 1), ("done", "250", 2), 1),
     ("refuse", ("failed", "554", 1), ("failed", "554", 1), 0), ("late", ("unknown", "timeout", 1), ("unknown", "timeout", 1), 1)],
)  # fmt: skip
async def test_what_a_mail_server_says_decides(
    world: World,
    post: mail.Post,
    fault: str,
    first: tuple[str, str, int],
    last: tuple[str, str, int],
    copies: int,
) -> None:
    await by_mail(world, post)
    await choose(world, "xiaolan", mail="xiaolan@example.com", topics=AT_ONCE)
    post.faults.append(fault)
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    await pass_(1)
    assert await jobs_as() == [first]
    await pass_(10)
    assert (await jobs_as(), len(post.mails)) == ([last], copies)


async def test_a_mail_server_that_is_away_is_tried_until_it_is_back(world: World, post: mail.Post) -> None:
    await by_mail(world, post, port="9")
    await choose(world, "xiaolan", mail="xiaolan@example.com", topics=AT_ONCE)
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    for _ in range(3):
        await pass_(6)
    assert (await jobs_as())[0][:2] == ("waiting", "not_reached")
    await by_mail(world, post)
    await pass_(60)
    assert len(post.mails) == 1 and (await jobs_as())[0][0] == "done"


async def test_a_wrong_password_or_address_is_given_up(world: World, post: mail.Post) -> None:
    await by_mail(world, post, password="wrong")
    await choose(world, "xiaolan", mail="xiaolan@example.com", topics=AT_ONCE)
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    await pass_(1)
    await by_mail(world, post)
    post.unknown.add("xiaolan@example.com")
    await tell([world.xiaolan.user_id], await happened(1, "SO-2"))
    await pass_(1)
    assert await jobs_as() == [("failed", "535", 1), ("failed", "550", 1)]
