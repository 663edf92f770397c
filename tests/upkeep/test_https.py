"""A certificate that devices in the factory can trust, and a page that tells them how."""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from app.config import settings
from app.core import clock
from app.upkeep import certificates, https
from tests.browse import visitor


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "data_dir", tmp_path)
    return tmp_path


def leaf() -> x509.Certificate:
    return x509.load_pem_x509_certificate((certificates.folder() / "server.crt").read_bytes())


def test_the_server_certificate_is_short_lived_and_signed_by_our_authority(data_dir: Path) -> None:
    assert certificates.certificates() is None
    https.make_certificates(["factory.lan", "192.168.1.10"])
    ca = x509.load_pem_x509_certificate(certificates.authority().read_bytes())
    leaf().verify_directly_issued_by(ca)
    names = leaf().extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName)[0] == "factory.lan"
    assert "192.168.1.10" in map(str, names.get_values_for_type(x509.IPAddress))
    assert leaf().not_valid_after_utc - leaf().not_valid_before_utc <= timedelta(days=397)
    key = (certificates.folder() / "server.key").read_bytes()
    assert key.startswith(b"-----BEGIN PRIVATE KEY-----") and serialization.load_pem_private_key(key, None)
    assert (certificates.folder() / "ca.key").stat().st_mode & 0o077 == 0
    assert certificates.fingerprint().replace(":", "").lower() == ca.fingerprint(hashes.SHA256()).hex()
    ssl.create_default_context().load_cert_chain(*certificates.certificates() or ())


def test_the_authority_stays_while_it_may_vouch_for_the_names(data_dir: Path) -> None:
    https.make_certificates(["factory.lan"])
    before = certificates.fingerprint()
    https.make_certificates(["other.lan"])
    assert certificates.fingerprint() == before
    https.make_certificates(["factory.example.com"])
    assert certificates.fingerprint() != before


def test_the_certificate_is_renewed_before_it_ends_and_not_sooner(data_dir: Path, monkeypatch) -> None:
    https.make_certificates(["factory.lan"])
    serial = leaf().serial_number
    assert not https.renew()
    later = clock.real_now() + timedelta(days=350)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert https.renew() and leaf().serial_number != serial


async def test_setup_says_what_is_missing_and_then_gives_the_certificate(house, data_dir: Path) -> None:
    async with visitor() as browser:
        assert "zhunjiao https" in (await browser.get("/setup")).text
        assert (await browser.get("/setup/ca.crt")).status_code == 404
        https.make_certificates(["factory.lan"])
        page = (await browser.get("/setup", headers={"host": "factory.lan:8000"})).text
        assert (
            f"https://factory.lan:{settings.https_port}/setup" in page and certificates.fingerprint() in page
        )
        given = await browser.get("/setup/ca.crt")
        assert given.headers["content-type"] == "application/x-x509-ca-cert"
        assert x509.load_pem_x509_certificate(given.content)


async def test_setup_says_what_is_true_on_the_server_itself(
    house, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under localhost there is nothing to trust, and no other device reaches it under that name."""
    monkeypatch.setattr("app.core.reach.address_in_network", lambda: "192.168.1.10")
    async with visitor() as browser:
        for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000"):
            for listens, reached in (("127.0.0.1", False), ("0.0.0.0", True)):
                monkeypatch.setattr(settings, "host", listens)
                page = (await browser.get("/setup", headers={"host": host})).text
                assert "已信任" not in page and "这是服务器本机" in page
                assert (f"http://192.168.1.10:{settings.port}/setup" in page) is reached
                assert ("其他设备打不开这台服务器" in page) is not reached
                assert f"http://{host}/setup" not in page
        page = (await browser.get("/setup", headers={"host": "factory.lan:8000"})).text
        assert "这台设备已信任服务器" in page and f"http://factory.lan:{settings.port}/setup" in page
