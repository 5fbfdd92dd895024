#!/usr/bin/env python3
# Gets a Bearer token that lasts an hour.

import urllib.parse
import urllib.request
from os import environ


def post(path: str, fields: dict[str, str]) -> str:
    form = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(environ["LANGO_URL"] + path, form, timeout=30) as answer:
        return answer.read().decode()


fields = {
    "key": environ["KEY"],
    "secret": environ["SECRET"],
}

print(post("/api/oauth/generate/token", fields))
