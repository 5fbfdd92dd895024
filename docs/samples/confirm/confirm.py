#!/usr/bin/env python3
# A bank reports a payment. If the answer is lost, send the very same report again.
# TRANSACTION_DATE is Nairobi time, like 2026-11-22 14:30:00.

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


payment = {
    "api_client_id": environ["API_CLIENT_ID"],
    "ref_no": environ["REF_NO"],
    "amount": environ["AMOUNT"],
    "currency": environ["CURRENCY"],
    "gateway_transaction_id": environ["TRANSACTION_ID"],
    "gateway_transaction_date": environ["TRANSACTION_DATE"],
    "customer_name": environ["CLIENT_NAME"],
    "customer_account_number": environ["CUSTOMER_ACCOUNT"],
}
hashed = [
    "api_client_id", "ref_no", "amount", "currency",
    "gateway_transaction_id", "gateway_transaction_date", "customer_name", "customer_account_number",
]
payment["secure_hash"] = secure_hash(*(payment[name] for name in hashed))

print(post("/api/payment/confirm", payment))
