<?php
// Asks whether an access token still holds.
declare(strict_types=1);

echo post('/api/oauth/token/introspect', [
    'token' => getenv('ACCESS_TOKEN'),
    'client_id' => getenv('CLIENT_ID'),
    'client_secret' => getenv('CLIENT_SECRET'),
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
