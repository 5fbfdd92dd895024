#!/usr/bin/env bash
# Computes the secure hash of a checkout.
set -euo pipefail

# base64 of the lower-case hex of the HMAC; no line break may slip in anywhere.
secure_hash() {
  printf '%s' "$@" "$SECRET" | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
}

secure_hash "$API_CLIENT_ID" "$AMOUNT" "$SERVICE_ID" "$CLIENT_ID_NUMBER" \
  "$CURRENCY" "$BILL_REF" "$BILL_DESC" "$CLIENT_NAME"
