"""The server as a device sees it, in memory, with faults to order.

Run as `python -m tests.pwa.fake_server PORT`. `POST /test/…` gives tests their way in.
"""

import sys
import time
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.static_files import create_static_files_router

from app.offline.shell import shell_script, worker_script
from tests.pwa.factory import snapshot

ROOT = Path(__file__).resolve().parents[2]
PWA, STATIC = ROOT / "pwa", ROOT / "static"
ENROL_CODE, PIN = "ABC123", "2468"


class Factory:
    """Books, booked actions, and what is to go wrong next."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.books = snapshot()
        self.booked: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.posts: list[list[str]] = []
        self.posted: list[tuple[str, str, str]] = []
        self.faults: list[str] = []
        self.enrolled = True
        self.release = ""
        self.refuse: dict[str, str] = {}
        self.delay = 0.0

    def book(self, action: dict[str, Any]) -> dict[str, Any]:
        if action["id"] in self.answers:
            return {**self.answers[action["id"]], "status": "replayed"}
        reason = self.refuse.get(str(action["payload"].get("good") or action["payload"].get("quantity")))
        answer = {"id": action["id"], "status": "refused" if reason else "done", "reason": reason}
        answer["result"] = {"detail": "系统里已经没有这个任务"} if reason else None
        self.answers[action["id"]] = answer
        if not reason:
            self.booked.append(action)
            self.apply(action)
        return answer

    def apply(self, action: dict[str, Any]) -> None:
        payload = action["payload"]
        if action["name"] == "operation.undo_report":
            self.count(self.reported(payload["report_action"]), -1)
        for job in self.books["jobs"]:
            if job["operation"] != payload.get("operation"):
                continue
            state = {
                "operation.start": "running",
                "operation.resume": "running",
                "operation.pause": "paused",
                "operation.finish": "done",
            }
            job["state"] = state.get(action["name"], job["state"])
        if action["name"] == "operation.report":
            self.count(payload, 1)
        for pick in self.books["picks"]:
            for line in pick["lines"]:
                if action["name"] == "delivery.pick" and (pick["delivery_note"], line["line"]) == (
                    payload["delivery_note"], payload["line"],
                ):  # fmt: skip
                    line["picked"] = str(float(line["picked"]) + float(payload["quantity"]))
        for receipt in self.books["receipts"]:
            if action["name"] == "stock.receive" and receipt["work_order"] == payload["work_order"]:
                receipt["received"] = str(float(receipt["received"]) + float(payload["quantity"]))

    def reported(self, action_id: str) -> dict[str, Any]:
        return next(action["payload"] for action in self.booked if action["id"] == action_id)

    def count(self, report: dict[str, Any], sign: int) -> None:
        for job in self.books["jobs"]:
            if job["operation"] == report["operation"]:
                job["good"] = str(float(job["good"]) + sign * float(report["good"]))


factory = Factory()


@get(["/floor", "/scan", "/enrol"], media_type=MediaType.HTML, sync_to_thread=False)
def page(request: Request) -> str:
    return (PWA / f"{request.url.path.strip('/')}.html").read_text(encoding="utf-8")


def javascript(text: str) -> Response[str]:
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@get("/pwa/shell.js", sync_to_thread=False)
def shell() -> Response[str]:
    return javascript(shell_script(PWA, STATIC).replace('VERSION = "', f'VERSION = "{factory.release}'))


@get("/service-worker.js", sync_to_thread=False)
def service_worker() -> Response[str]:
    text = worker_script(PWA, STATIC)
    return javascript(text.replace("// VERSION", f"// {factory.release}VERSION"))


@get("/manifest.webmanifest", media_type="application/manifest+json", sync_to_thread=False)
def manifest() -> bytes:
    return (PWA / "manifest.webmanifest").read_bytes()


@get("/api/v1/device/snapshot", sync_to_thread=False)
def device_snapshot() -> Response[Any]:
    return (
        Response(factory.books)
        if factory.enrolled
        else Response({"title": "unknown device"}, status_code=401)
    )


@post("/api/v1/device-actions", sync_to_thread=False)
def device_actions(data: list[dict[str, Any]]) -> Response[Any]:
    if factory.delay:
        time.sleep(factory.delay)
    if not factory.enrolled:
        return Response({"title": "unknown device"}, status_code=401)
    fault = factory.faults.pop(0) if factory.faults else ""
    factory.posts.append([action["id"] for action in data])
    if fault == "503":
        return Response({"title": "busy"}, status_code=503)
    answers = [factory.book(action) for action in data]
    if fault == "lost":  # booked, but the answer never arrives
        return Response({"title": "gateway timeout"}, status_code=504)
    return Response(answers, status_code=200)


@post("/api/v1/device/pin", sync_to_thread=False)
def pin(data: dict[str, str]) -> Response[Any]:
    return Response({}, status_code=200 if data["pin"] == PIN else 422)


@post("/api/v1/device/delivery-notes/{number:str}/post", sync_to_thread=False)
def post_note(request: Request, number: str, data: dict[str, str]) -> Response[Any]:
    if number in factory.refuse:
        return Response({"detail": factory.refuse[number]}, status_code=409)
    factory.posted.append((number, data["person"], request.headers["Idempotency-Key"]))
    factory.books["picks"] = [pick for pick in factory.books["picks"] if pick["delivery_note"] != number]
    return Response({"delivery_note": number, "state": "posted"}, status_code=200)


@post("/api/v1/devices/enrol", sync_to_thread=False)
def enrol(data: dict[str, str]) -> Response[Any]:
    if data["code"] != ENROL_CODE:
        detail = "这个码不对或过期了，再要一个。"
        return Response({"detail": detail}, status_code=422, media_type="application/problem+json")
    factory.enrolled = True
    return Response({"device": factory.books["device"]}, status_code=200)


@get("/test", sync_to_thread=False)
def seen() -> dict[str, Any]:
    return {
        "booked": factory.booked,
        "posts": factory.posts,
        "posted": factory.posted,
        "books": factory.books,
    }


@post("/test", status_code=200, sync_to_thread=False)
def order(data: dict[str, Any]) -> dict[str, Any]:
    """`reset`, `faults` ("503", "lost"), `refuse` (quantity → reason), `enrolled`, `delay` (s), `books`, `release`."""
    if data.pop("reset", False):
        factory.reset()
    for name, value in data.items():
        setattr(factory, name, value)
    return {}


app = Litestar(
    [page, shell, service_worker, manifest, device_snapshot, device_actions, pin, post_note, enrol, seen, order,
     create_static_files_router("/pwa", [PWA]), create_static_files_router("/static", [STATIC])],
    openapi_config=None,
)  # fmt: skip

if __name__ == "__main__":
    Granian(
        "tests.pwa.fake_server:app",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        log_access=False,
        log_level="warning",
    ).serve()
