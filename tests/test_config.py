"""Every setting, from the environment."""

import stat

import pytest

from engage.config import settings

SECRETS = ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "FOLLOWER_KEY")


def read(tmp_path, **environment):
    return settings({"ENGAGE_INSTANCE": str(tmp_path / "instance"), **environment})


def test_a_machine_without_settings_gets_usable_ones(tmp_path):
    found = read(tmp_path)
    folder = tmp_path / "instance"
    assert found["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{folder}/engage.sqlite"
    assert found["PUBLIC_URL"] == "http://localhost:8000"
    assert found["PACK"] == "hertfordshire"
    assert found["MIN_FREE_MEGABYTES"] == 100
    assert found["ANALYSIS_TOOLS"] == "models"
    assert found["TRUSTED_HOSTS"] is None
    assert folder.is_dir()


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert [first[name] for name in SECRETS] == [second[name] for name in SECRETS]
    assert first["SECURITY_TOTP_SECRETS"] == second["SECURITY_TOTP_SECRETS"]
    files = list((tmp_path / "instance").iterdir())
    assert len({file.read_text() for file in files}) == len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_two_machines_have_different_secrets(tmp_path):
    one, other = read(tmp_path / "a"), read(tmp_path / "b")
    assert not [name for name in SECRETS if one[name] == other[name]]


def test_given_secrets_are_used_and_written_nowhere(tmp_path):
    given = {"SECRET_KEY": "a", "SECURITY_PASSWORD_SALT": "b", "FOLLOWER_KEY": "d"}
    found = read(tmp_path, TOTP_SECRET="c", **given)
    assert [found[name] for name in SECRETS] == ["a", "b", "d"]
    assert found["SECURITY_TOTP_SECRETS"] == {"1": "c"}
    assert list((tmp_path / "instance").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "name", "found"),
    [
        ({"PORT": "8123"}, "PUBLIC_URL", "http://localhost:8123"),
        ({"PUBLIC_URL": "https://a.example"}, "PUBLIC_URL", "https://a.example"),
        ({"PUBLIC_URL": "https://a.example"}, "SESSION_COOKIE_SECURE", True),
        ({"PUBLIC_URL": "http://a.example"}, "SESSION_COOKIE_SECURE", False),
        ({"TRUSTED_HOSTS": "a.example,b.example"}, "TRUSTED_HOSTS", ["a.example", "b.example"]),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS", None),
        ({"DATABASE_URL": "postgresql://h/d"}, "SQLALCHEMY_DATABASE_URI", "postgresql://h/d"),
        ({"ENGAGE_PACK": "kent"}, "PACK", "kent"),
        ({"MIN_FREE_MEGABYTES": "5"}, "MIN_FREE_MEGABYTES", 5),
        ({"ANALYSIS_TOOLS": "simple"}, "ANALYSIS_TOOLS", "simple"),
    ],
)
def test_the_environment_decides(tmp_path, given, name, found):
    assert read(tmp_path, **given)[name] == found
