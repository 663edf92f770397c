"""/setup: how a phone, tablet or PC comes to trust this server, and what its scanner sends. Open to everybody, on plain HTTP."""

from litestar import Request, Response, get

from app.config import settings
from app.core.reach import is_this_machine, own_address
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.documents import qr
from app.scanning import codes
from app.upkeep.certificates import authority, certificates, fingerprint
from app.web.address import address_of
from app.web.render import html


@get("/setup")
async def setup(request: Request) -> Response[str]:
    """The authority to install, step by step for each kind of device, and a self-test."""
    host = request.url.hostname or "localhost"
    ready = authority().exists()
    secure = f"https://{host}:{settings.https_port}/setup" if certificates() is not None else ""
    local = is_this_machine(host)
    house = own_address() if local else f"http://{host}:{settings.port}"
    here = house and f"{house}/setup"
    return html(
        request, "upkeep/setup.html", ready=ready, secure=secure, local=local, here=here, code=qr.svg(here, _("This page")) if here else "",
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


@get("/setup/scanner")
async def scanner(request: Request) -> Response[str]:
    """Three codes to scan: one of ours bare, one as it stands on paper, one of all kinds of signs."""
    bare = codes.make(codes.Kind.COMMAND, "TEST")
    tests = (
        (bare, _("1 A short code")),
        (codes.url(address_of(request), bare), _("2 As on our papers")),
        ("abcXYZ-0189/:.+_@", _("3 All kinds of signs")),
    )
    try:
        drawn = [(text, qr.svg(text, note), note) for text, note in tests]
    except ValueError:  # asked for under a name that no code can hold
        raise Refused(NOT_FOUND) from None
    return html(request, "upkeep/scanner.html", codes=drawn)


ROUTES = [setup, download, scanner]
