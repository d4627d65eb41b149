"""A small OpenID Connect provider on the loopback address, which signs with a key of its own."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT = "quaymark"
SECRET = "a secret that the service and the site share"
CODE = "the-code"


class IdentityProvider:
    """Says about everybody who comes what `person` says; `token` is signed as `sign` does."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.user_info: dict[str, Any] = {}
        self.sign = self.signed
        self.challenge = ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        return self.sign({**claims, **self.person, **self.claims})

    def signed(self, claims: dict) -> str:
        return jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})

    def signed_by_another(self, claims: dict) -> str:
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return jwt.encode(claims, other, "RS256", headers={"kid": "1"})

    def unsigned(self, claims: dict) -> str:
        return jwt.encode(claims, None, "none", headers={"kid": "1"})

    def signed_with_the_shared_secret(self, claims: dict) -> str:
        return jwt.encode(claims, SECRET, "HS256", headers={"kid": "1"})

    def answer(self, path: str, form: dict[str, list[str]]) -> tuple[int, dict]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/keys":
            key = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]}
        if path == "/userinfo":
            return 200, {**self.person, **self.user_info}
        if path == "/token" and self._proves_itself(form):
            return 200, {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token()}
        return 400, {"error": "invalid_grant"}

    def _proves_itself(self, form: dict[str, list[str]]) -> bool:
        """The client's secret, the code, and the verifier of the challenge that it began with (PKCE)."""
        digest = hashlib.sha256(form.get("code_verifier", [""])[0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        proof = (form.get("code"), form.get("client_secret"), challenge)
        return proof == ([CODE], [SECRET], self.challenge)


def _handler_of(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self._answer(parse_qs(self.rfile.read(length).decode()))

        def _answer(self, form: dict[str, list[str]]) -> None:
            status, body = provider.answer(urlparse(self.path).path, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
