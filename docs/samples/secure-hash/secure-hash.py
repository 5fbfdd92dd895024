#!/usr/bin/env python3
# Computes the secure hash of a checkout.

import base64
import hashlib
import hmac
from os import environ


def secure_hash(*values: str) -> str:
    """base64 of the lower-case hex of the HMAC."""
    data = "".join(values) + environ["SECRET"]
    digest = hmac.new(environ["KEY"].encode(), data.encode(), hashlib.sha256)
    return base64.b64encode(digest.hexdigest().encode()).decode()


print(secure_hash(
    environ["API_CLIENT_ID"],
    environ["AMOUNT"],
    environ["SERVICE_ID"],
    environ["CLIENT_ID_NUMBER"],
    environ["CURRENCY"],
    environ["BILL_REF"],
    environ["BILL_DESC"],
    environ["CLIENT_NAME"],
))
