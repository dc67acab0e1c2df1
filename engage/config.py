"""Every setting, read from the environment once, typed."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent


def settings(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The Flask configuration for this machine. Raises nothing: every setting has a default."""
    env = os.environ if environment is None else environment
    instance = Path(env.get("ENGAGE_INSTANCE", ROOT / "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    public_url = env.get("PUBLIC_URL", f"http://localhost:{env.get('PORT', '8000')}")
    return {
        "SECRET_KEY": env.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
        "SECURITY_PASSWORD_SALT": env.get("SECURITY_PASSWORD_SALT")
        or _kept_secret(instance / "password_salt"),
        "SECURITY_TOTP_SECRETS": {
            "1": env.get("TOTP_SECRET") or _kept_secret(instance / "totp_secret")
        },
        # Opens the e-mail addresses of people who want to be told what happened.
        "FOLLOWER_KEY": env.get("FOLLOWER_KEY") or _kept_secret(instance / "follower_key"),
        "SQLALCHEMY_DATABASE_URI": env.get(
            "DATABASE_URL", f"sqlite:///{instance / 'engage.sqlite'}"
        ),
        # An error of the database is logged without the values: they can be what a child wrote.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "INSTANCE_FOLDER": str(instance),
        "PUBLIC_URL": public_url,
        # Cookies (staff only) travel over https wherever the public address is https.
        "SESSION_COOKIE_SECURE": public_url.startswith("https://"),
        "TRUSTED_HOSTS": env["TRUSTED_HOSTS"].split(",") if env.get("TRUSTED_HOSTS") else None,
        "TRUSTED_PROXIES": int(env.get("TRUSTED_PROXIES", "0")),
        "PACK": env.get("ENGAGE_PACK", "hertfordshire"),
        "MIN_FREE_MEGABYTES": int(env.get("MIN_FREE_MEGABYTES", "100")),
        "ANALYSIS_TOOLS": env.get("ANALYSIS_TOOLS", "models"),
        # Without a host, mails are files in the folder "mail" of the instance.
        "SMTP_HOST": env.get("SMTP_HOST", ""),
        "SMTP_PORT": int(env.get("SMTP_PORT", "587")),
        "SMTP_USER": env.get("SMTP_USER", ""),
        "SMTP_PASSWORD": env.get("SMTP_PASSWORD", ""),
        "SMTP_TLS": env.get("SMTP_TLS", "starttls"),
        "MAIL_FROM": env.get("MAIL_FROM", f"engage@{urlsplit(public_url).hostname}"),
    }


def _kept_secret(file: Path) -> str:
    """A secret made on first use and kept beside the database, readable by its owner only."""
    if not file.exists():
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(32))
    return file.read_text().strip()
