#!/usr/bin/env bash
# Raises an invoice from a server, with a Bearer token instead of a secure hash.
set -euo pipefail

jq --null-input --compact-output '{
  account_id: env.SERVICE_ID,
  amount_net: env.AMOUNT,
  callback_url: env.CALLBACK_URL,
  client_invoice_ref: env.BILL_REF,
  currency: env.CURRENCY,
  email: env.EMAIL,
  id_number: env.CLIENT_ID_NUMBER,
  msisdn: env.PHONE,
  name: env.CLIENT_NAME,
  notification_url: env.NOTIFICATION_URL,
  items: [{desc: env.BILL_DESC, price: env.AMOUNT, quantity: "1"}]
}' |
  curl --silent --show-error --fail-with-body "$LANGO_URL/api/invoice/create" \
    --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' --data-binary @-
