#!/usr/bin/env bash
# A bank reports a payment. If the answer is lost, send the very same report again.
# TRANSACTION_DATE is Nairobi time, like 2026-11-22 14:30:00.
set -euo pipefail

# base64 of the lower-case hex of the HMAC; no line break may slip in anywhere.
secure_hash() {
  printf '%s' "$@" "$SECRET" | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
}

hash=$(secure_hash "$API_CLIENT_ID" "$REF_NO" "$AMOUNT" "$CURRENCY" \
  "$TRANSACTION_ID" "$TRANSACTION_DATE" "$CLIENT_NAME" "$CUSTOMER_ACCOUNT")

curl --silent --show-error --fail-with-body "$LANGO_URL/api/payment/confirm" \
  --data-urlencode "api_client_id=$API_CLIENT_ID" \
  --data-urlencode "ref_no=$REF_NO" \
  --data-urlencode "amount=$AMOUNT" \
  --data-urlencode "currency=$CURRENCY" \
  --data-urlencode "gateway_transaction_id=$TRANSACTION_ID" \
  --data-urlencode "gateway_transaction_date=$TRANSACTION_DATE" \
  --data-urlencode "customer_name=$CLIENT_NAME" \
  --data-urlencode "customer_account_number=$CUSTOMER_ACCOUNT" \
  --data-urlencode "secure_hash=$hash"
