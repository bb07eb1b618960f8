"""Who is at the other end: what the settings must say, and whose word is taken."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from checks.errors import SettingsError
from review_app import entry
from review_app.signin import USUAL, SignIn, from_claims, from_header, read_auth

SECRET = "0123456789abcdef0123456789abcdef"
PROVIDER = 'client_id = "yijiao"\nclient_secret = "s"\nserver_metadata_url = "https://id.example.org/x"\n'


def auth(redirect: str = "http://localhost:8501/oauth2callback", secret: str = SECRET, provider: str = PROVIDER) -> str:
    return f'[auth]\nredirect_uri = "{redirect}"\ncookie_secret = "{secret}"\n{provider}'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "auth.toml"


def given(**more: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"auth": None, "proxy_header": None, "insecure": False, "editor": None, **more})


def test_one_provider_and_several(file: Path) -> None:
    file.write_text(auth(), encoding="utf-8")
    assert SignIn(read_auth(file)).providers == (None,)
    kwargs = 'client_kwargs = { scope = "openid email" }\n'
    file.write_text(auth(provider=PROVIDER + kwargs), encoding="utf-8")
    assert SignIn(read_auth(file)).providers == (None,)
    file.write_text(auth(provider=f"[auth.one]\n{PROVIDER}[auth.two]\n{PROVIDER}"), encoding="utf-8")
    assert SignIn(read_auth(file)).providers == ("one", "two")
    assert SignIn(header="X-User").providers == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[auth", "is not TOML"),
        ("auth = 1", "must be a table"),
        ("[auth]\n", "lacks redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url"),
        (auth(provider='[auth.one]\nclient_id = "x"\n'), "lacks one.client_secret, one.server_metadata_url"),
        (auth(provider=f"[auth.my_id]\n{PROVIDER}"), "rename it"),
        (auth(secret="short"), "cookie_secret is shorter than 32 characters"),
        (auth("http://localhost:8501/"), "redirect_uri must be the app's whole address with /oauth2callback"),
        (auth("localhost/oauth2callback"), "redirect_uri must be"),
    ],
)
def test_settings_that_cannot_be_used(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        read_auth(file)
    assert SECRET not in str(caught.value)


def test_the_usual_place_turns_sign_in_on(file: Path) -> None:
    assert entry.sign_in(given(), "127.0.0.1") is None
    USUAL.parent.mkdir()
    USUAL.write_text('other = "x"\n', encoding="utf-8")
    assert entry.sign_in(given(), "127.0.0.1") is None
    USUAL.write_text(auth(), encoding="utf-8")
    found = entry.sign_in(given(), "127.0.0.1")
    assert found is not None
    assert found.auth is not None
    # What the command line says goes before it.
    found = entry.sign_in(given(proxy_header="X-User"), "::1")
    assert found == SignIn(header="X-User")


def test_sessions_do_not_cross_a_network_unguarded(file: Path) -> None:
    for address, guarded in (
        ("https://review.example.org", True),
        ("http://localhost:8501", True),
        ("http://127.0.0.1:8501", True),
        ("http://review.example.org", False),
        ("http://10.0.0.7", False),
    ):
        file.write_text(auth(f"{address}/oauth2callback"), encoding="utf-8")
        if guarded:
            found = entry.sign_in(given(auth=file), "0.0.0.0")
            assert found is not None
            assert found.origin == address
        else:
            with pytest.raises(SettingsError, match="is not https"):
                entry.sign_in(given(auth=file), "0.0.0.0")
            assert entry.sign_in(given(auth=file, insecure=True), "0.0.0.0") is not None


def test_the_names_under_which_a_browser_may_ask() -> None:
    assert entry.hosts(given(), "127.0.0.1", None) == ["localhost", "127.0.0.1", "::1", "127.0.0.1"]
    assert entry.hosts(given(), "127.0.0.1", SignIn(header="X-User")) == []
    assert entry.hosts(given(insecure=True), "127.0.0.1", None) == []


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.255.0.9", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False)],
)
def test_what_is_reached_from_this_machine_alone(host: str, loopback: bool) -> None:
    assert entry.is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["lin@example.org"], "lin@example.org"),
        ([" lin "], "lin"),
        (["林".encode().decode("latin-1")], "林"),
        (["Zo\xeb"], "Zoë"),
        ([], None),
        ([""], None),
        (["lin", "admin"], None),
        (["a\x00b"], None),
        (["x" * 201], None),
    ],
)
def test_the_name_in_a_header(values: list[str], name: str | None) -> None:
    assert from_header(values) == name


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, None),
        ({"email": "lin@example.org"}, None),
        ({"is_logged_in": False, "email": "lin@example.org"}, None),
        ({"is_logged_in": "yes", "email": "lin@example.org"}, None),
        ({"is_logged_in": True, "email": "lin@example.org"}, "lin@example.org"),
        ({"is_logged_in": True, "email": "lin@example.org", "email_verified": True}, "lin@example.org"),
        ({"is_logged_in": True, "email": "boss@example.org", "email_verified": False, "sub": "7"}, "default:7"),
        ({"is_logged_in": True, "email": "boss@example.org", "email_verified": "false"}, None),
        ({"is_logged_in": True, "sub": "7", "provider": "one"}, "one:7"),
        ({"is_logged_in": True, "preferred_username": "boss@example.org"}, None),
    ],
)
def test_the_name_in_a_users_claims(claims: dict[str, Any], name: str | None) -> None:
    assert from_claims(claims) == name
