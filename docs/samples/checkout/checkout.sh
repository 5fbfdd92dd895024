#!/usr/bin/env bash
# Raises an invoice: prints its number, the link to its page and its amounts.
set -euo pipefail

# base64 of the lower-case hex of the HMAC; no line break may slip in anywhere.
secure_hash() {
  printf '%s' "$@" "$SECRET" | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
}

hash=$(secure_hash "$API_CLIENT_ID" "$AMOUNT" "$SERVICE_ID" "$CLIENT_ID_NUMBER" \
  "$CURRENCY" "$BILL_REF" "$BILL_DESC" "$CLIENT_NAME")

curl --silent --show-error --fail-with-body "$LANGO_URL/api/PaymentAPI/checkout" \
  --data-urlencode "apiClientID=$API_CLIENT_ID" \
  --data-urlencode "serviceID=$SERVICE_ID" \
  --data-urlencode "billRefNumber=$BILL_REF" \
  --data-urlencode "billDesc=$BILL_DESC" \
  --data-urlencode "clientName=$CLIENT_NAME" \
  --data-urlencode "clientIDNumber=$CLIENT_ID_NUMBER" \
  --data-urlencode "clientMSISDN=$PHONE" \
  --data-urlencode "clientEmail=$EMAIL" \
  --data-urlencode "currency=$CURRENCY" \
  --data-urlencode "amountExpected=$AMOUNT" \
  --data-urlencode "notificationURL=$NOTIFICATION_URL" \
  --data-urlencode "callBackURLOnSuccess=$CALLBACK_URL" \
  --data-urlencode "format=json" \
  --data-urlencode "secureHash=$hash"
