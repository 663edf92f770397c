"""Scanning by camera: Chromium is given a film of a code instead of a camera."""

from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.async_api import BrowserType, expect

from tests.e2e.browser import ARGUMENTS, CHROMIUM
from tests.e2e.floor_tablet import ScanDevice
from tests.pwa.conftest import Server
from tests.pwa.factory import code

pytestmark = pytest.mark.browser


def film(text: str, path: Path) -> Path:
    """Ten frames of 640×480 showing one QR code, as y4m (I420)."""
    matrix = [list(row) for row in segno.make(text, error="m").matrix_iter(scale=8, border=4)]
    qr = Image.new("L", (len(matrix[0]), len(matrix)))
    qr.putdata([0 if dark else 255 for row in matrix for dark in row])
    frame = Image.new("L", (640, 480), 255)
    frame.paste(qr, ((640 - qr.width) // 2, (480 - qr.height) // 2))
    picture = b"FRAME\n" + frame.tobytes() + b"\x80" * (320 * 240 * 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n" + picture * 10)
    return path


async def test_the_camera_reads_a_delivery_note_and_opens_it(
    server: Server, chromium_kind: BrowserType, tmp_path: Path
) -> None:
    picture = film(f"HTTPS://ZJ.FACTORY.LAN/Q/{code('D', '51')}", tmp_path / "code.y4m")
    fake = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={picture}",
    ]
    browser = await chromium_kind.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *fake])
    context = await browser.new_context(viewport={"width": 360, "height": 760}, permissions=["camera"])
    foreign: list[str] = []
    context.on(
        "request",
        lambda request: None if request.url.startswith(server.base) else foreign.append(request.url),
    )
    device = await ScanDevice.open(context, server.base)
    await device.page.click("[data-act=camera]")
    await expect(device.page.locator(".sc-top h1")).to_contain_text("宁波恒立", timeout=20_000)
    await expect(device.page.locator(".camera")).to_have_count(0)
    assert [url for url in foreign if url.startswith("http")] == []
    await browser.close()
