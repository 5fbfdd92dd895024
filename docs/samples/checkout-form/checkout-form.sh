#!/usr/bin/env bash
# Prints a form whose button takes the payer to the payment page.
set -euo pipefail

# base64 of the lower-case hex of the HMAC; no line break may slip in anywhere.
secure_hash() {
  printf '%s' "$@" "$SECRET" | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
}

field() {
  printf '  <input type="hidden" name="%s" value="%s">\n' "$1" \
    "$(printf '%s' "$2" | sed 's/&/\&amp;/g; s/"/\&quot;/g; s/</\&lt;/g; s/>/\&gt;/g')"
}

hash=$(secure_hash "$API_CLIENT_ID" "$AMOUNT" "$SERVICE_ID" "$CLIENT_ID_NUMBER" \
  "$CURRENCY" "$BILL_REF" "$BILL_DESC" "$CLIENT_NAME")

echo "<form method=\"post\" action=\"$LANGO_URL/api/PaymentAPI/checkout\">"
field apiClientID "$API_CLIENT_ID"
field serviceID "$SERVICE_ID"
field billRefNumber "$BILL_REF"
field billDesc "$BILL_DESC"
field clientName "$CLIENT_NAME"
field clientIDNumber "$CLIENT_ID_NUMBER"
field clientMSISDN "$PHONE"
field clientEmail "$EMAIL"
field currency "$CURRENCY"
field amountExpected "$AMOUNT"
field notificationURL "$NOTIFICATION_URL"
field callBackURLOnSuccess "$CALLBACK_URL"
field format html
field secureHash "$hash"
echo '  <button type="submit">Pay</button>'
echo '</form>'
