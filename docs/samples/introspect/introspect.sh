#!/usr/bin/env bash
# Asks whether an access token still holds.
set -euo pipefail

curl --silent --show-error --fail-with-body "$LANGO_URL/api/oauth/token/introspect" \
  --data-urlencode "token=$ACCESS_TOKEN" \
  --data-urlencode "client_id=$CLIENT_ID" \
  --data-urlencode "client_secret=$CLIENT_SECRET"
