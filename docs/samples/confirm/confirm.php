<?php
// A bank reports a payment. If the answer is lost, send the very same report again.
// TRANSACTION_DATE is Nairobi time, like 2026-11-22 14:30:00.
declare(strict_types=1);

$payment = [
    'api_client_id' => getenv('API_CLIENT_ID'),
    'ref_no' => getenv('REF_NO'),
    'amount' => getenv('AMOUNT'),
    'currency' => getenv('CURRENCY'),
    'gateway_transaction_id' => getenv('TRANSACTION_ID'),
    'gateway_transaction_date' => getenv('TRANSACTION_DATE'),
    'customer_name' => getenv('CLIENT_NAME'),
    'customer_account_number' => getenv('CUSTOMER_ACCOUNT'),
];
$payment['secure_hash'] = secure_hash(
    $payment['api_client_id'],
    $payment['ref_no'],
    $payment['amount'],
    $payment['currency'],
    $payment['gateway_transaction_id'],
    $payment['gateway_transaction_date'],
    $payment['customer_name'],
    $payment['customer_account_number'],
);

echo post('/api/payment/confirm', $payment), "\n";

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
