<?php
// Exchanges a code for tokens: once, and within a minute.
declare(strict_types=1);

echo post('/oauth/access-token', [
    'grant_type' => 'authorization_code',
    'client_id' => getenv('CLIENT_ID'),
    'client_secret' => getenv('CLIENT_SECRET'),
    'code' => getenv('CODE'),
    'code_verifier' => getenv('CODE_VERIFIER'),
    'redirect_uri' => getenv('REDIRECT_URI'),
]), "\n";

function post(string $path, array $fields): string
{
    $curl = curl_init(getenv('LANGO_URL') . $path);
    curl_setopt_array($curl, [
        CURLOPT_POSTFIELDS => http_build_query($fields),
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 30,
    ]);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($status !== 200) {
        throw new RuntimeException("$status " . ($answer ?: curl_error($curl)));
    }
    return $answer;
}
