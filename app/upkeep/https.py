"""HTTPS in a factory's own network: a small certificate authority, and a certificate that never grows old.

Cameras, the offline page and HTTP/2 need it. Devices install `ca.crt` once, by /setup; it may only vouch for the
factory's own names.
"""

import ipaddress
import os
import socket
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.config import settings
from app.core import clock
from app.core.reach import address_in_network
from app.core.words import _
from app.upkeep.certificates import authority, fingerprint, folder

CA_DAYS, LEAF_DAYS, RENEW_DAYS = 3650, 397, 60
OWN_ZONES = ("lan", "internal", "local", "localhost")
Key = ec.EllipticCurvePrivateKey


def make_certificates(names: list[str]) -> str:
    """Make what is missing, and a fresh certificate for these names and this machine's; what to do next."""
    folder().mkdir(parents=True, exist_ok=True)
    reached_by = list(dict.fromkeys([*names, *_names_of_this_machine()]))
    ca, ca_key = _authority(reached_by)
    _leaf(ca, ca_key, reached_by)
    return "\n".join([
        _("Certificate for %(names)s", names=", ".join(reached_by)),
        _("Start the server again; devices install the authority at http://%(host)s:%(port)s/setup",
          host=reached_by[0], port=settings.port),
        _("Fingerprint of the authority: %(print)s", print=fingerprint()),
    ])  # fmt: skip


def renew() -> bool:
    """A new certificate for the same names when the old one ends soon; the server takes it at its next start."""
    path = folder() / "server.crt"
    if not path.exists() or not authority().exists():
        return False
    old = x509.load_pem_x509_certificate(path.read_bytes())
    if old.not_valid_after_utc - clock.real_now() > timedelta(days=RENEW_DAYS):
        return False
    names = old.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    reached_by = [str(n.value) for n in names]
    _leaf(*_authority(reached_by), reached_by)
    return True


def _names_of_this_machine() -> list[str]:
    host = socket.gethostname().split(".")[0].lower()
    names = [address_in_network(), f"{host}.lan", host, "localhost", "127.0.0.1"]
    return [name for name in names if name]


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _permitted(names: list[str]) -> list[x509.GeneralName]:
    general = [_general(name) for name in names]
    hosts = [n for n in general if isinstance(n, x509.DNSName)]
    nets = [x509.IPAddress(ipaddress.ip_network(n.value)) for n in general if isinstance(n, x509.IPAddress)]
    return [*map(x509.DNSName, OWN_ZONES), *hosts, *nets]


def _authority(names: list[str]) -> tuple[x509.Certificate, Key]:
    """The authority of this house; made anew when it may not vouch for one of the names."""
    key_path = folder() / "ca.key"
    if authority().exists() and key_path.exists():
        ca = x509.load_pem_x509_certificate(authority().read_bytes())
        permitted = ca.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
        if all(_covered(_general(name), permitted) for name in names):
            key = serialization.load_pem_private_key(key_path.read_bytes(), None)
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return ca, key
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Zhunjiao {socket.gethostname()}")])
    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    ca = (
        _builder(subject, subject, key, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(authority(), ca.public_bytes(serialization.Encoding.PEM), 0o644)
    _write(key_path, _pem(key), 0o600)
    return ca, key


def _covered(name: x509.GeneralName, permitted: list[x509.GeneralName]) -> bool:
    if isinstance(name, x509.IPAddress):
        nets = [p.value for p in permitted if isinstance(p, x509.IPAddress)]
        return any(isinstance(net, IPv4Network | IPv6Network) and name.value in net for net in nets)
    return any(
        isinstance(p, x509.DNSName) and (name.value == p.value or str(name.value).endswith(f".{p.value}"))
        for p in permitted
    )


def _leaf(ca: x509.Certificate, ca_key: Key, names: list[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    leaf = (
        _builder(subject, ca.subject, key, LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issued_by, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    _write(folder() / "server.crt", leaf.public_bytes(pem) + ca.public_bytes(pem), 0o644)
    _write(folder() / "server.key", _pem(key), 0o600)


def _builder(subject: x509.Name, issuer: x509.Name, key: Key, days: int) -> x509.CertificateBuilder:
    now = clock.real_now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # a tablet's clock may be slow
        .not_valid_after(now - timedelta(hours=1) + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others in between."""
    temporary = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
    temporary.replace(path)
