#!/usr/bin/env bash
# Exchanges a code for tokens: once, and within a minute.
set -euo pipefail

curl --silent --show-error --fail-with-body "$LANGO_URL/oauth/access-token" \
  --data-urlencode "grant_type=authorization_code" \
  --data-urlencode "client_id=$CLIENT_ID" \
  --data-urlencode "client_secret=$CLIENT_SECRET" \
  --data-urlencode "code=$CODE" \
  --data-urlencode "code_verifier=$CODE_VERIFIER" \
  --data-urlencode "redirect_uri=$REDIRECT_URI"
