#!/usr/bin/env python3
# Checks the secure hash of a notice, whose body comes on standard input.
# Then hold reference, amount and currency against your own order, and ask for the status:
# the hash does not cover it.

import base64
import hashlib
import hmac
import json
import sys
from os import environ


def secure_hash(*values: str) -> str:
    """base64 of the lower-case hex of the HMAC."""
    data = "".join(values) + environ["SECRET"]
    digest = hmac.new(environ["KEY"].encode(), data.encode(), hashlib.sha256)
    return base64.b64encode(digest.hexdigest().encode()).decode()


notice = json.load(sys.stdin)
hashed = ["client_invoice_ref", "invoice_number", "amount_paid", "payment_date"]
expected = secure_hash(*(notice[name] for name in hashed))

genuine = hmac.compare_digest(expected.encode(), notice["secure_hash"].encode())
print("genuine" if genuine else "forged")
sys.exit(0 if genuine else 1)
