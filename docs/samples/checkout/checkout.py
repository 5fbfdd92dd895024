#!/usr/bin/env python3
# Raises an invoice: prints its number, the link to its page and its amounts.

import base64
import hashlib
import hmac
import urllib.parse
import urllib.request
from os import environ


def secure_hash(*values: str) -> str:
    """base64 of the lower-case hex of the HMAC."""
    data = "".join(values) + environ["SECRET"]
    digest = hmac.new(environ["KEY"].encode(), data.encode(), hashlib.sha256)
    return base64.b64encode(digest.hexdigest().encode()).decode()


def post(path: str, fields: dict[str, str]) -> str:
    form = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(environ["LANGO_URL"] + path, form, timeout=30) as answer:
        return answer.read().decode()


order = {
    "apiClientID": environ["API_CLIENT_ID"],
    "serviceID": environ["SERVICE_ID"],
    "billRefNumber": environ["BILL_REF"],
    "billDesc": environ["BILL_DESC"],
    "clientName": environ["CLIENT_NAME"],
    "clientIDNumber": environ["CLIENT_ID_NUMBER"],
    "clientMSISDN": environ["PHONE"],
    "clientEmail": environ["EMAIL"],
    "currency": environ["CURRENCY"],
    "amountExpected": environ["AMOUNT"],
    "notificationURL": environ["NOTIFICATION_URL"],
    "callBackURLOnSuccess": environ["CALLBACK_URL"],
    "format": "json",
}
hashed = [
    "apiClientID", "amountExpected", "serviceID", "clientIDNumber",
    "currency", "billRefNumber", "billDesc", "clientName",
]
order["secureHash"] = secure_hash(*(order[name] for name in hashed))

print(post("/api/PaymentAPI/checkout", order))
