#!/usr/bin/env bash
# Asks who signed in.
set -euo pipefail

curl --silent --show-error --fail-with-body "$LANGO_URL/api/userinfo" \
  --header "Authorization: Bearer $ACCESS_TOKEN"
