#!/usr/bin/env python3
# Exchanges a code for tokens: once, and within a minute.

import urllib.parse
import urllib.request
from os import environ


def post(path: str, fields: dict[str, str]) -> str:
    form = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(environ["LANGO_URL"] + path, form, timeout=30) as answer:
        return answer.read().decode()


fields = {
    "grant_type": "authorization_code",
    "client_id": environ["CLIENT_ID"],
    "client_secret": environ["CLIENT_SECRET"],
    "code": environ["CODE"],
    "code_verifier": environ["CODE_VERIFIER"],
    "redirect_uri": environ["REDIRECT_URI"],
}

print(post("/oauth/access-token", fields))
