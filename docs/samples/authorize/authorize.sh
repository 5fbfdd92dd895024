#!/usr/bin/env bash
# Prints the address to send a browser to, and the state and code verifier to keep in its session.
set -euo pipefail

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
encoded() { jq --null-input --raw-output --arg text "$1" '$text | @uri'; }

state=$(openssl rand 32 | base64url)
code_verifier=$(openssl rand 32 | base64url)
code_challenge=$(printf '%s' "$code_verifier" | openssl dgst -sha256 -binary | base64url)

query="response_type=code&client_id=$(encoded "$CLIENT_ID")&redirect_uri=$(encoded "$REDIRECT_URI")"
query+="&scope=openid&state=$state&code_challenge=$code_challenge&code_challenge_method=S256"

echo "$LANGO_URL/oauth/authorize?$query"
echo "state=$state"
echo "code_verifier=$code_verifier"
