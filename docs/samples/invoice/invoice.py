#!/usr/bin/env python3
# Raises an invoice from a server, with a Bearer token instead of a secure hash.

import json
import urllib.request
from os import environ

invoice = {
    "account_id": environ["SERVICE_ID"],
    "amount_net": environ["AMOUNT"],
    "callback_url": environ["CALLBACK_URL"],
    "client_invoice_ref": environ["BILL_REF"],
    "currency": environ["CURRENCY"],
    "email": environ["EMAIL"],
    "id_number": environ["CLIENT_ID_NUMBER"],
    "msisdn": environ["PHONE"],
    "name": environ["CLIENT_NAME"],
    "notification_url": environ["NOTIFICATION_URL"],
    "items": [{"desc": environ["BILL_DESC"], "price": environ["AMOUNT"], "quantity": "1"}],
}

request = urllib.request.Request(
    environ["LANGO_URL"] + "/api/invoice/create",
    json.dumps(invoice).encode(),
    {"Authorization": "Bearer " + environ["TOKEN"], "Content-Type": "application/json"},
)
with urllib.request.urlopen(request, timeout=30) as answer:
    print(answer.read().decode())
