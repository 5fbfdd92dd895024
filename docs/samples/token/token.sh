#!/usr/bin/env bash
# Gets a Bearer token that lasts an hour.
set -euo pipefail

curl --silent --show-error --fail-with-body "$LANGO_URL/api/oauth/generate/token" \
  --data-urlencode "key=$KEY" \
  --data-urlencode "secret=$SECRET"
