#!/usr/bin/env python3
# Prints a form whose button takes the payer to the payment page.

import base64
import hashlib
import hmac
from html import escape
from os import environ


def secure_hash(*values: str) -> str:
    """base64 of the lower-case hex of the HMAC."""
    data = "".join(values) + environ["SECRET"]
    digest = hmac.new(environ["KEY"].encode(), data.encode(), hashlib.sha256)
    return base64.b64encode(digest.hexdigest().encode()).decode()


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
    "format": "html",
}
hashed = [
    "apiClientID", "amountExpected", "serviceID", "clientIDNumber",
    "currency", "billRefNumber", "billDesc", "clientName",
]
order["secureHash"] = secure_hash(*(order[name] for name in hashed))

print(f'<form method="post" action="{escape(environ["LANGO_URL"])}/api/PaymentAPI/checkout">')
for name, value in order.items():
    print(f'  <input type="hidden" name="{name}" value="{escape(value)}">')
print('  <button type="submit">Pay</button>\n</form>')
