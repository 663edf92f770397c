"""Channels are set up, tried and watched; secrets are written and never read again."""

from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.core.sealing import seal, unseal
from app.integrations import channels, jobs
from app.notifications import robots
from tests.browse import browser_of, program_of
from tests.notifications.outside import connected, pass_, platform, post
from tests.simulators import mail, wecom
from tests.world import World

__all__ = ["connected", "platform", "post"]
WECOM = {"corp": wecom.CORP, "agent": str(wecom.AGENT), "secret": wecom.SECRET}


async def test_a_channel_is_set_up_without_its_secret_ever_coming_back(
    world: World, platform: wecom.WeCom
) -> None:
    async with browser_of(world.admin) as client:
        refused = await client.post(
            "/channels/wecom", data={**WECOM, "corp": "恒立", "agent": "zehn", "url": "ftp://x"}
        )
        assert (
            refused.status_code == 422
            and "AgentId 是一个数字" in refused.text
            and "CorpID 以 ww 开头" in refused.text
            and 'value="zehn"' in refused.text
        )
        assert wecom.SECRET not in refused.text
        done = await client.post("/channels/wecom", data={**WECOM, "url": platform.url})  # type: ignore[attr-defined]
        assert done.status_code == 303
        page = (await client.get("/channels")).text
        assert wecom.SECRET not in page and "已保存；留空则不变" in page and wecom.CORP in page
        again = await client.post("/channels/wecom", data={**WECOM, "secret": "", "url": platform.url})  # type: ignore[attr-defined]
        assert again.status_code == 303
        assert (await channels.values("wecom"))["secret"] == wecom.SECRET
        assert wecom.SECRET not in (await client.get("/audit")).text
        assert (await client.post("/channels/telex", data={})).status_code == 404
    for who in (world.xiaolan, world.nobody):
        async with browser_of(who) as client:
            for path in ("/channels", "/integration-jobs", "/group-robots"):
                assert (await client.get(path)).status_code == 403
            assert (await client.post("/channels/wecom", data=WECOM)).status_code == 403


async def test_a_test_message_shows_what_became_of_it(world: World, connected: wecom.WeCom) -> None:
    async with browser_of(world.admin) as client:
        for to in ("xiaolan", "nobody-there"):
            sent = await client.post("/channels/wecom/test", data={"to_wecom": to})
            assert sent.status_code == 303
            assert "待发送" in (await client.get(sent.headers["location"])).text
            await pass_(1)
            page = (await client.get(sent.headers["location"])).text
            assert ("已发送" in page) == (to == "xiaolan") and ("企业微信里没有这个人" in page) == (
                to != "xiaolan"
            )
        assert len(connected.cards) == 1
        assert (await client.post("/channels/wecom/test", data={"to_wecom": " "})).status_code == 422
        assert (await client.post("/channels/mail/test", data={"to_mail": "a@b.cn"})).status_code == 409


async def test_mail_is_set_up_and_tried(world: World, post: mail.Post) -> None:
    form = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "user": mail.USER, "password": mail.PASSWORD,  # type: ignore[attr-defined]
            "sender": mail.USER}  # fmt: skip
    async with browser_of(world.admin) as client:
        wrong: list[dict[str, Any]] = [
            {"sender": "nobody"},
            {"host": "http://mail"},
            {"port": "70000"},
            {"security": "rot13"},
        ]
        for each in wrong:
            assert (await client.post("/channels/mail", data={**form, **each})).status_code == 422, each
        assert (await client.post("/channels/mail", data=form)).status_code == 303
        assert (await client.post("/channels/mail/test", data={"to_mail": "nobody"})).status_code == 422
        sent = await client.post("/channels/mail/test", data={"to_mail": "xiaolan@example.com"})
        await pass_(1)
        assert "已发送" in (await client.get(sent.headers["location"])).text
    assert len(post.mails) == 1 and post.mails[0]["To"] == "xiaolan@example.com"


async def test_a_job_is_listed_found_sent_again_and_dropped(world: World, connected: wecom.WeCom) -> None:
    connected.trusted = False
    async with browser_of(world.admin) as client:
        sent = await client.post("/channels/wecom/test", data={"to_wecom": "xiaolan"})
        await pass_(1)
        assert (await client.get("/integration-jobs?state=failed")).text.count("data-href=") == 1
        assert (await client.get("/integration-jobs?about=管理员")).text.count("data-href=") == 1
        assert (await client.get("/integration-jobs?about=nothing")).text.count("data-href=") == 0
        assert (await client.get("/integration-jobs/export.xlsx?state=failed")).status_code == 200
        page = (await client.get(sent.headers["location"])).text
        assert "可信 IP" in page and "60020" in page
        connected.trusted = True
        assert (await client.post(f"{sent.headers['location']}/retry", data={})).status_code == 303
        await pass_(1)
        assert len(connected.cards) == 1
        assert (await client.post(f"{sent.headers['location']}/retry", data={})).status_code == 409
        assert (await client.post(f"{sent.headers['location']}/explode", data={})).status_code == 404
    job = await db.value("select id from integration_jobs")
    for verb in (jobs.retry, jobs.drop):
        with pytest.raises(Refused):
            await commit(verb, job, by=world.xiaolan)
    async with program_of(world.admin) as program:
        (item,) = (await program.get("/api/v1/integration-jobs?target=wecom")).json()["items"]
        assert (item["state"], item["tries"], item["code"]) == ("done", 1, "0")
        one = (await program.get(f"/api/v1/integration-jobs/{job}")).json()
        assert one["request"]["touser"] == "xiaolan" and one["answer"]["errcode"] == 0
        assert (await program.post(f"/api/v1/integration-jobs/{job}/retry")).status_code == 409


async def test_a_group_robot_is_written_and_tried(world: World, connected: wecom.WeCom) -> None:
    async with browser_of(world.admin) as client:
        form = {"name": "销售群", "key": "", "language": "zh_CN", "topic-alert": "1", "active": "1"}
        refused = await client.post("/group-robots/new", data=form)
        assert refused.status_code == 422 and 'value="销售群"' in refused.text
        key = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={wecom.ROBOT_KEY}"
        assert (await client.post("/group-robots/new", data={**form, "key": key})).status_code == 303
        assert (
            await client.post("/group-robots/1", data={**form, "topic-other": "1", "version": "1"})
        ).status_code == 303
        assert "预警、其他" in (await client.get("/group-robots")).text
        assert wecom.ROBOT_KEY not in (await client.get("/group-robots/1")).text
        sent = await client.post("/group-robots/1/test", data={})
        await pass_(1)
        assert "已发送" in (await client.get(sent.headers["location"])).text
    assert len(connected.groups) == 1
    with pytest.raises(Refused):
        await commit(robots.write, "x", "k", ["alert"], "zh_CN", True, by=world.xiaolan)
    with pytest.raises(Refused):
        await commit(robots.send_test, 1, "/", by=world.xiaolan)


async def test_everybody_chooses_for_themselves_and_who_keeps_logins_for_all(world: World) -> None:
    form = {"mail": "xiaolan@example.com", "wecom": "xiaolan", "quiet_from": "21:30", "quiet_until": "06:45", "digest_at": "08:10",
            **{f"{t}-{c}": "digest" for t in ("approval", "alert", "escalation", "exception", "other") for c in ("wecom", "mail")}}  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        assert (await client.get("/me/notifications")).status_code == 200
        refused = await client.post(
            "/me/notifications", data={**form, "mail": "nobody", "quiet_from": "25:00"}
        )
        assert (
            refused.status_code == 422
            and 'value="nobody"' in refused.text
            and 'value="25:00"' in refused.text
        )
        assert (await client.post("/me/notifications", data=form)).status_code == 303
        page = (await client.get("/me/notifications")).text
        assert 'value="21:30"' in page and page.count('<option value="digest" selected>') == 10
        for path in ("/users/liuyang/notifications", "/users/nothing/notifications"):
            assert (await client.get(path)).status_code == 404
            assert (await client.post(path, data=form)).status_code == 404
    async with program_of(world.admin) as client:
        changed = await client.put("/api/v1/notification-choices/xiaolan", json={"wecom": "xl"})
        assert changed.json()["wecom"] == "xl" and changed.json()["mail"] == "xiaolan@example.com"
        wrong = {"topics": {"weather": {"wecom": "now"}, "alert": {"telex": "now"}}, "wecom": "a|b"}
        answer = await client.put("/api/v1/notification-choices/xiaolan", json=wrong)
        assert answer.status_code == 422 and len(answer.json()["fields"]) == 3


def test_a_sealed_secret_opens_only_with_its_own_key(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.config import settings

    monkeypatch.setattr(settings, "data_dir", tmp_path / "one")
    sealed = seal("geheim")
    assert sealed != "geheim" and unseal(sealed) == "geheim" and seal("") == unseal("") == ""
    assert (tmp_path / "one" / "secrets.key").stat().st_mode & 0o077 == 0
    monkeypatch.setattr(settings, "data_dir", tmp_path / "two")
    assert unseal(sealed) == ""


async def test_what_the_environment_sets_wins_and_cannot_be_changed_here(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.config import settings

    monkeypatch.setattr(settings, "wecom_secret", "from-outside")
    await commit(channels.set_up, "wecom", {**WECOM, "url": "https://qyapi.weixin.qq.com"}, by=world.admin)
    assert (await channels.values("wecom"))["secret"] == "from-outside"
    assert await db.value("select sealed from channel_settings") == "{}"
    async with browser_of(world.admin) as client:
        page = (await client.get("/channels")).text
        assert "由服务器环境变量设定" in page and "from-outside" not in page
