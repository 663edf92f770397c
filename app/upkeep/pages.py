"""/setup: how a phone, tablet or PC comes to trust this server, and whether it does. Open to everybody, on plain HTTP."""

from litestar import Request, Response, get

from app.config import settings
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.documents import qr
from app.upkeep.certificates import authority, certificates, fingerprint
from app.web.render import html


@get("/setup")
async def setup(request: Request) -> Response[str]:
    """The authority to install, step by step for each kind of device, and a self-test."""
    host = request.url.hostname or "localhost"
    ready = authority().exists()
    secure = f"https://{host}:{settings.https_port}/setup" if certificates() is not None else ""
    here = f"http://{host}:{settings.port}/setup"
    return html(
        request, "upkeep/setup.html", ready=ready, secure=secure, here=here, code=qr.svg(here, _("This page")),
        fingerprint=fingerprint() if ready else "", is_secure=request.url.scheme == "https",
    )  # fmt: skip


@get("/setup/ca.crt", media_type="application/x-x509-ca-cert")
async def download() -> Response[bytes]:
    """The authority's certificate, as devices install it."""
    if not authority().exists():
        raise Refused(NOT_FOUND)
    return Response(
        authority().read_bytes(), media_type="application/x-x509-ca-cert",
        headers={"Content-Disposition": 'attachment; filename="zhunjiao-ca.crt"'},
    )  # fmt: skip


ROUTES = [setup, download]
