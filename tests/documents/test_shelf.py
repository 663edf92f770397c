"""What was printed stays as it was printed."""

import hashlib
from dataclasses import replace

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.documents import attachments, paint, shelf
from tests.browse import browser_of
from tests.documents.examples import TRAVELLER

ABOUT = ("work_order", 1)


async def issued(world, data=TRAVELLER, number="WO20261208-0001-T"):
    return (
        await commit(shelf.issue, "traveller", number, ABOUT, data, paint.traveller, by=world.liuyang)
    ).value


async def test_a_printed_paper_is_kept_with_its_data_and_hash(world):
    found = await issued(world)
    assert found.pdf.startswith(b"%PDF") and found.sha256 == hashlib.sha256(found.pdf).hexdigest()
    assert '"quantity": "120.000 千支"' in found.data


async def test_printing_the_same_again_is_the_same_paper(world):
    first = await issued(world)
    again = await issued(world, replace(TRAVELLER, printed="somebody else, later"))
    assert again.id == first.id


async def test_other_data_is_a_new_paper_that_corrects_the_old(world):
    first = await issued(world)
    second = await issued(world, replace(TRAVELLER, quantity="90 千支"))
    assert (second.number, second.corrects) == ("WO20261208-0001-T-2", first.id)
    assert await db.value("select sha256 from issued_documents where id = {}", first.id) == first.sha256


async def test_a_paper_is_shown_to_those_who_may_see_what_it_is_about(world):
    found = await issued(world)
    async with browser_of(world.liuyang) as client:
        answer = await client.get(f"/documents/{found.id}.pdf")
        assert (answer.status_code, answer.content) == (200, found.pdf)
        assert (await client.get("/documents/x.pdf")).status_code == 404
    async with browser_of(world.nobody) as client:
        assert (await client.get(f"/documents/{found.id}.pdf")).status_code == 404


async def test_a_file_is_kept_once_under_its_hash_and_comes_back_as_an_attachment(world):
    data = b"%PDF-1.7 drawing"
    first = (await commit(attachments.keep, "图纸 C.pdf", data, ABOUT, by=world.liuyang)).value
    again = (await commit(attachments.keep, "图纸 C.pdf", data, ABOUT, by=world.liuyang)).value
    assert again.id == first.id and first.media_type == "application/pdf"
    async with browser_of(world.liuyang) as client:
        answer = await client.get(f"/attachments/{first.id}")
    assert answer.content == data
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%9B%BE%E7%BA%B8")
    async with browser_of(world.nobody) as client:
        assert (await client.get(f"/attachments/{first.id}")).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [("a.pdf", b"", "file_empty"), ("a.pdf", b"MZ\x90", "file_is_a_program"), ("a.pdf", b"0" * (20 * 2**20 + 1), "file_too_big")],
)  # fmt: skip
async def test_a_file_that_is_empty_too_big_or_a_program_is_refused(world, name, data, reason):
    with pytest.raises(Refused, match=reason):
        await commit(attachments.keep, name, data, ABOUT, by=world.liuyang)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xlsx", b"PK\x03\x04rest", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.exe.png", b"\x89PNG\r\n\x1a\n", "image/png"), ("a.png", b"<html><script>", "application/octet-stream"),
        ("a.csv", "编号,数量".encode(), "text/plain"), ("a.webp", b"RIFF0000WEBP", "image/webp"),
    ],
)  # fmt: skip
def test_the_type_comes_from_the_bytes_not_from_the_name(name, data, kind):
    assert attachments.sniffed(name, data) == kind


async def test_uploading_keeps_a_file_with_its_thing(world):
    async with browser_of(world.liuyang) as client:
        answer = await client.post(
            "/attachments", data={"subject_kind": "work_order", "subject_id": "1"}, files={"file": ("照片.png", b"\x89PNG\r\n\x1a\n")},
            headers={"Referer": "http://test/work-orders/WO1", "Origin": "http://test"},
        )  # fmt: skip
        assert (answer.status_code, answer.headers["location"]) == (303, "/work-orders/WO1")
    assert [f["name"] for f in await attachments.attached_to(ABOUT)] == ["照片.png"]


async def test_attaching_is_refused_without_the_right_to_see(world):
    with pytest.raises(Refused, match="not_found"):
        await commit(attachments.attach, "a.txt", b"a", ABOUT, by=world.nobody)
