<?php
// Prints the address to send a browser to, and the state and code verifier to keep in its session.
declare(strict_types=1);

$state = base64url(random_bytes(32));
$codeVerifier = base64url(random_bytes(32));

echo getenv('LANGO_URL') . '/oauth/authorize?' . http_build_query([
    'response_type' => 'code',
    'client_id' => getenv('CLIENT_ID'),
    'redirect_uri' => getenv('REDIRECT_URI'),
    'scope' => 'openid',
    'state' => $state,
    'code_challenge' => base64url(hash('sha256', $codeVerifier, true)),
    'code_challenge_method' => 'S256',
]), "\n";
echo "state=$state\n";
echo "code_verifier=$codeVerifier\n";

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}
