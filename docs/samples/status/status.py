#!/usr/bin/env python3
# Asks whether an invoice is paid, by its number or by the merchant's own reference.

import base64
import hashlib
import hmac
import urllib.parse
import urllib.request
from os import environ


def secure_hash(*values: str) -> str:
    """The one hash without the secret. base64 of the lower-case hex of the HMAC."""
    data = "".join(values)
    digest = hmac.new(environ["KEY"].encode(), data.encode(), hashlib.sha256)
    return base64.b64encode(digest.hexdigest().encode()).decode()


def post(path: str, fields: dict[str, str]) -> str:
    form = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(environ["LANGO_URL"] + path, form, timeout=30) as answer:
        return answer.read().decode()


question = {
    "api_client_id": environ["API_CLIENT_ID"],
    "ref_no": environ["REF_NO"],
}
hashed = ["api_client_id", "ref_no"]
question["secure_hash"] = secure_hash(*(question[name] for name in hashed))

print(post("/api/invoice/payment/status", question))
