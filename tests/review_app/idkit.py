"""A provider of OpenID Connect on this machine, who signs in everybody who asks as the same user."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "yijiao"


class Provider:
    """A running provider; ``claims`` is what it says of its user."""

    def __init__(self, **claims: object) -> None:
        self.claims = claims
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self._nonce = ""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                if asked.path == "/authorize":
                    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
                    provider._nonce = query.get("nonce", "")
                    back = urlencode({"code": "c", "state": query["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{query['redirect_uri']}?{back}")
                    self.end_headers()
                else:
                    self._tell(provider._metadata() if "configuration" in asked.path else provider._keys())

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._tell(provider._token())

            def _tell(self, data: dict[str, Any]) -> None:
                body = json.dumps(data).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()

    def settings(self, app: str) -> str:
        """What the app at an address needs to know of it."""
        return (
            f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{"0123456789abcdef" * 2}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "s"\n'
            f'server_metadata_url = "{self.url}/.well-known/openid-configuration"\n'
        )

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _keys(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    def _token(self) -> dict[str, Any]:
        moment = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": moment, "exp": moment + 600, "nonce": self._nonce, **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, said, self._key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": signed}
