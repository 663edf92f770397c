"""Settings from the environment, read once, as one typed object. README.md has a line for each."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


@dataclass
class Settings:
    """All that may differ between two houses running the same code."""

    env: str = field(default_factory=lambda: os.environ.get("ZHUNJIAO_ENV", "development"))
    host: str = field(default_factory=lambda: os.environ.get("HOST", "127.0.0.1"))
    port: int = field(default_factory=lambda: int(os.environ.get("PORT", "8000")))
    https_port: int = field(default_factory=lambda: int(os.environ.get("HTTPS_PORT", "8443")))
    data_dir: Path = field(default_factory=lambda: Path(os.environ.get("DATA_DIR", str(ROOT / "var"))))
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    redis_url: str = field(default_factory=lambda: os.environ.get("REDIS_URL", ""))
    public_url: str = field(default_factory=lambda: os.environ.get("PUBLIC_URL", "").rstrip("/"))
    timezone: str = field(default_factory=lambda: os.environ.get("FACTORY_TIMEZONE", "Asia/Shanghai"))
    language: str = field(default_factory=lambda: os.environ.get("FACTORY_LANGUAGE", "zh_CN"))
    movable_clock: bool = field(default_factory=lambda: os.environ.get("ZHUNJIAO_CLOCK", "") == "movable")
    demo: bool = field(default_factory=lambda: _flag("ZHUNJIAO_DEMO", default=True))
    tls_certificate: str = field(default_factory=lambda: os.environ.get("TLS_CERTIFICATE", ""))
    tls_key: str = field(default_factory=lambda: os.environ.get("TLS_KEY", ""))
    backup_dir: str = field(default_factory=lambda: os.environ.get("BACKUP_DIR", ""))
    fonts_dir: str = field(default_factory=lambda: os.environ.get("FONTS_DIR", ""))
    mail_host: str = field(default_factory=lambda: os.environ.get("MAIL_HOST", ""))
    mail_port: str = field(default_factory=lambda: os.environ.get("MAIL_PORT", ""))
    mail_security: str = field(default_factory=lambda: os.environ.get("MAIL_SECURITY", ""))
    mail_user: str = field(default_factory=lambda: os.environ.get("MAIL_USER", ""))
    mail_password: str = field(default_factory=lambda: os.environ.get("MAIL_PASSWORD", ""), repr=False)
    mail_from: str = field(default_factory=lambda: os.environ.get("MAIL_FROM", ""))
    wecom_corp_id: str = field(default_factory=lambda: os.environ.get("WECOM_CORP_ID", ""))
    wecom_agent_id: str = field(default_factory=lambda: os.environ.get("WECOM_AGENT_ID", ""))
    wecom_secret: str = field(default_factory=lambda: os.environ.get("WECOM_SECRET", ""), repr=False)
    wecom_url: str = field(default_factory=lambda: os.environ.get("WECOM_URL", ""))

    def __post_init__(self) -> None:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'zhunjiao.sqlite'}"
        if self.movable_clock and self.production:
            raise SystemExit("ZHUNJIAO_CLOCK=movable is refused when ZHUNJIAO_ENV=production")

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


settings = Settings()
