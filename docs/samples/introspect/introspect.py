#!/usr/bin/env python3
# Asks whether an access token still holds.

import urllib.parse
import urllib.request
from os import environ


def post(path: str, fields: dict[str, str]) -> str:
    form = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(environ["LANGO_URL"] + path, form, timeout=30) as answer:
        return answer.read().decode()


fields = {
    "token": environ["ACCESS_TOKEN"],
    "client_id": environ["CLIENT_ID"],
    "client_secret": environ["CLIENT_SECRET"],
}

print(post("/api/oauth/token/introspect", fields))
