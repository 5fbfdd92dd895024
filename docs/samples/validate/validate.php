<?php
// A bank asks whether a bill may be paid, and what is still owed.
declare(strict_types=1);

$question = [
    'api_client_id' => getenv('API_CLIENT_ID'),
    'ref_no' => getenv('REF_NO'),
    'currency' => getenv('CURRENCY'),
    'amount' => getenv('AMOUNT'),
];
$question['secure_hash'] = secure_hash($question['api_client_id'], $question['ref_no'], $question['amount']);

echo post('/api/payment/validate', $question), "\n";

/** base64 of the lower-case hex of the HMAC. */
function secure_hash(string ...$values): string
{
    return base64_encode(hash_hmac('sha256', implode('', $values) . getenv('SECRET'), getenv('KEY')));
}

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
