"""A provider of OpenID Connect of a few lines, on a port of its own, that can be made to lie."""

import base64
import hashlib
import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


@cache
def key(name):
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """`claims` go over what the token says; `signs_with` names the key; `asked` and `taken` hold what came in.

    While it `is_down` it describes itself to nobody.
    """

    CLIENT, SECRET = "zorgpact", "only-for-tests"

    def __init__(self):
        self.claims, self.userinfo, self.config, self.signs_with, self.algorithm = {}, {}, {}, "ours", "RS256"
        self.asked, self.taken, self.token_status, self.is_down = [], [], 200, False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}/rijk"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def log_in(self, address):
        """What a browser does with the address it was sent to: the address back at the portal, as the provider gives it."""
        asked = dict(parse_qsl(urlsplit(address).query))
        self.asked.append(asked)
        return urlsplit(asked["redirect_uri"]).path + "?" + urlencode({"code": "een-code", "state": asked["state"]})

    def described(self):
        names = ("authorization", "token", "userinfo", "end_session")
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/sleutels",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{name}_endpoint": f"{self.issuer}/{name}" for name in names},
            **self.config,
        }

    def keys(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key("ours").public_key(), as_dict=True)
        return {"keys": [public | {"kid": "een", "alg": "RS256", "use": "sig"}]}

    def exchange(self, sent):
        """The token for a code; who cannot show the other half of the challenge gets none."""
        self.taken.append(sent)
        half = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode().rstrip("=")
        right = (sent["client_id"], sent["client_secret"], half) == (
            self.CLIENT,
            self.SECRET,
            self.asked[-1]["code_challenge"],
        )
        if not right or self.token_status != 200:
            return {"error": "invalid_grant"}
        return {"access_token": "een-toegang", "token_type": "Bearer", "expires_in": 300, "id_token": self.token()}

    def token(self):
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "007",
            "aud": self.CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked[-1]["nonce"],
            "email": "an.jansen@zorg.example",
            "email_verified": True,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        secret = {"none": None, "HS256": "x" * 32}.get(self.algorithm, key(self.signs_with))
        return jwt.encode(claims, secret, self.algorithm, headers={"kid": "een"})

    def handler(provider):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                answers = {
                    "/rijk/.well-known/openid-configuration": provider.described,
                    "/rijk/sleutels": provider.keys,
                    "/rijk/userinfo": lambda: provider.userinfo,
                }
                if provider.is_down:
                    return self.answer({}, 503)
                self.answer(answers[self.path]())

            def do_POST(self):
                sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                answer = provider.exchange(sent)
                self.answer(answer, 400 if "error" in answer else 200)

            def answer(self, data, status=200):
                body = json.dumps(data).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler
