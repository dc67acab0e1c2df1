"""Every setting, read from the environment once, typed."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
        "SQLALCHEMY_DATABASE_URI": env.get(
            "DATABASE_URL", f"sqlite:///{instance / 'engage.sqlite'}"
        ),
        "INSTANCE_FOLDER": str(instance),
        "PUBLIC_URL": public_url,
        # Cookies (staff only) travel over https wherever the public address is https.
        "SESSION_COOKIE_SECURE": public_url.startswith("https://"),
        "TRUSTED_HOSTS": env["TRUSTED_HOSTS"].split(",") if env.get("TRUSTED_HOSTS") else None,
        "PACK": env.get("ENGAGE_PACK", "hertfordshire"),
        "MIN_FREE_MEGABYTES": int(env.get("MIN_FREE_MEGABYTES", "100")),
        "ANALYSIS_TOOLS": env.get("ANALYSIS_TOOLS", "models"),
    }


def _kept_secret(file: Path) -> str:
    """A secret made on first use and kept beside the database, readable by its owner only."""
    if not file.exists():
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(32))
    return file.read_text().strip()
