#!/usr/bin/env python3
# Checks the signature over a whole notice, whose body comes on standard input.

import base64
import hashlib
import hmac
import sys
import time
from os import environ

timestamp = environ["WEBHOOK_TIMESTAMP"]
if abs(time.time() - int(timestamp)) > 300:
    print("too old")
    sys.exit(1)

key = base64.b64decode(environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
content = f'{environ["WEBHOOK_ID"]}.{timestamp}.'.encode() + sys.stdin.buffer.read()
expected = b"v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest())

signatures = environ["WEBHOOK_SIGNATURE"].encode().split(b" ")
genuine = any([hmac.compare_digest(expected, signature) for signature in signatures])
print("genuine" if genuine else "forged")
sys.exit(0 if genuine else 1)
