#!/usr/bin/env bash
# Checks the signature over a whole notice, whose body comes on standard input.
set -euo pipefail

now=$(date +%s)
if [[ ! $WEBHOOK_TIMESTAMP =~ ^[1-9][0-9]{9}$ ]] ||
  ((WEBHOOK_TIMESTAMP < now - 300 || WEBHOOK_TIMESTAMP > now + 300)); then
  echo 'too old'
  exit 1
fi

key=$(printf '%s' "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
expected=$({ printf '%s.%s.' "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

# Compared under a random key, so that the time it takes tells nothing.
random=$(openssl rand -hex 32)
blinded() { printf '%s' "$1" | openssl dgst -sha256 -hmac "$random" -r; }
for signature in $WEBHOOK_SIGNATURE; do
  if [[ $(blinded "$signature") == "$(blinded "v1,$expected")" ]]; then
    echo 'genuine'
    exit 0
  fi
done
echo 'forged'
exit 1
