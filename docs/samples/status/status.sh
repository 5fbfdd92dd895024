#!/usr/bin/env bash
# Asks whether an invoice is paid, by its number or by the merchant's own reference.
set -euo pipefail

# The one hash without the secret.
# base64 of the lower-case hex of the HMAC; no line break may slip in anywhere.
secure_hash() {
  printf '%s' "$@" | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
}

hash=$(secure_hash "$API_CLIENT_ID" "$REF_NO")

curl --silent --show-error --fail-with-body "$LANGO_URL/api/invoice/payment/status" \
  --data-urlencode "api_client_id=$API_CLIENT_ID" \
  --data-urlencode "ref_no=$REF_NO" \
  --data-urlencode "secure_hash=$hash"
