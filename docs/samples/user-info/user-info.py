#!/usr/bin/env python3
# Asks who signed in.

import urllib.request
from os import environ

request = urllib.request.Request(
    environ["LANGO_URL"] + "/api/userinfo",
    headers={"Authorization": "Bearer " + environ["ACCESS_TOKEN"]},
)
with urllib.request.urlopen(request, timeout=30) as answer:
    print(answer.read().decode())
