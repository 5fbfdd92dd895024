#!/usr/bin/env python3
# Prints the address to send a browser to, and the state and code verifier to keep in its session.

import base64
import hashlib
import secrets
import urllib.parse
from os import environ

state = secrets.token_urlsafe(32)
code_verifier = secrets.token_urlsafe(32)
digest = hashlib.sha256(code_verifier.encode()).digest()

query = urllib.parse.urlencode({
    "response_type": "code",
    "client_id": environ["CLIENT_ID"],
    "redirect_uri": environ["REDIRECT_URI"],
    "scope": "openid",
    "state": state,
    "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
    "code_challenge_method": "S256",
})

print(environ["LANGO_URL"] + "/oauth/authorize?" + query)
print("state=" + state)
print("code_verifier=" + code_verifier)
