"""The company profile is written once and stands on every paper."""

import struct
import zlib

from app.core import db
from app.documents.letterhead import letterhead
from tests.browse import browser_of
from tests.world import World, events_of

PROFILE = {"name": "宁波准交紧固件有限公司", "name_en": "Ningbo Zhunjiao Fasteners", "tax_number": "91330200MA2XXXXX0X", "bank": "中国银行宁波分行",
           "bank_account": "1234 5678", "phone": "0574-1234567", "address": "宁波市", "version": "0"}  # fmt: skip


def picture() -> bytes:
    """A PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
        + chunk(b"IEND", b"")
    )


async def test_the_profile_is_written_changed_and_printed(world: World) -> None:
    async with browser_of(world.zhoumin) as client:
        answer = await client.post("/company", data=PROFILE, files={"seal": ("章.png", picture())})
        assert answer.status_code == 303, answer.text
        answer = await client.post("/company", data={**PROFILE, "phone": "0574-7654321", "version": "1"})
        assert answer.status_code == 303
        page = (await client.get("/company")).text
        assert "<del>0574-1234567</del>" in page and 'src="/company/seal' in page
        seal = await client.get("/company/seal")
        assert seal.content == picture() and seal.headers["content-type"] == "image/png"
    company = await letterhead()
    assert company.name == PROFILE["name"] and company.seal == picture()
    id_ = await db.value("select id from company")
    assert await events_of("company", id_) == ["file.attached", "company.changed", "company.changed"]


async def test_a_paper_without_a_profile_says_what_it_lacks(world: World) -> None:
    assert (await letterhead()).name == "（公司资料还没有填）"


async def test_a_bad_profile_is_told_at_its_field_and_keeps_what_was_typed(world: World) -> None:
    async with browser_of(world.zhoumin) as client:
        answer = await client.post("/company", data={**PROFILE, "name": "", "bank": "我的银行"})
        assert answer.status_code == 422 and 'id="e-name"' in answer.text and "我的银行" in answer.text
        for name, data in (
            ("seal.png", b"MZ programm"),
            ("seal.png", b"not a picture"),
            ("seal.pdf", b"%PDF-1.4"),
        ):
            answer = await client.post("/company", data=PROFILE, files={"seal": (name, data)})
            assert answer.status_code in (415, 422) and 'id="e-seal">' in answer.text
        assert await db.value("select count(*) from company") == 0
        await client.post("/company", data=PROFILE)
        assert (await client.post("/company", data=PROFILE)).status_code == 409


async def test_who_may_not_edit_the_company_does_not_see_the_page(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        assert (await client.get("/company")).status_code == 403
        assert (await client.get("/company/seal")).status_code == 403
        assert (await client.post("/company", data=PROFILE)).status_code == 403
