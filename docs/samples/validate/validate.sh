#!/usr/bin/env bash
# A bank asks whether a bill may be paid, and what is still owed.
set -euo pipefail

# base64 of the lower-case hex of the HMAC; no line break may slip in anywhere.
secure_hash() {
  printf '%s' "$@" "$SECRET" | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
}

hash=$(secure_hash "$API_CLIENT_ID" "$REF_NO" "$AMOUNT")

curl --silent --show-error --fail-with-body "$LANGO_URL/api/payment/validate" \
  --data-urlencode "api_client_id=$API_CLIENT_ID" \
  --data-urlencode "ref_no=$REF_NO" \
  --data-urlencode "currency=$CURRENCY" \
  --data-urlencode "amount=$AMOUNT" \
  --data-urlencode "secure_hash=$hash"
