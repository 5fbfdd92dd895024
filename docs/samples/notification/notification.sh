#!/usr/bin/env bash
# Checks the secure hash of a notice, whose body comes on standard input.
# Then hold reference, amount and currency against your own order, and ask for the status:
# the hash does not cover it.
set -euo pipefail

body=$(cat)
given=$(jq --join-output '.secure_hash' <<<"$body")
expected=$(
  {
    jq --join-output '.client_invoice_ref + .invoice_number + .amount_paid + .payment_date' <<<"$body"
    printf '%s' "$SECRET"
  } | openssl dgst -sha256 -hmac "$KEY" -r |
    cut -d' ' -f1 | tr -d '\n' | openssl base64 -A
)

# Compared under a random key, so that the time it takes tells nothing.
random=$(openssl rand -hex 32)
blinded() { printf '%s' "$1" | openssl dgst -sha256 -hmac "$random" -r; }
if [[ $(blinded "$given") != "$(blinded "$expected")" ]]; then
  echo 'forged'
  exit 1
fi
echo 'genuine'
