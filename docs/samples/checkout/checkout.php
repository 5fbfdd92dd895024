<?php
// Raises an invoice: prints its number, the link to its page and its amounts.
declare(strict_types=1);

$order = [
    'apiClientID' => getenv('API_CLIENT_ID'),
    'serviceID' => getenv('SERVICE_ID'),
    'billRefNumber' => getenv('BILL_REF'),
    'billDesc' => getenv('BILL_DESC'),
    'clientName' => getenv('CLIENT_NAME'),
    'clientIDNumber' => getenv('CLIENT_ID_NUMBER'),
    'clientMSISDN' => getenv('PHONE'),
    'clientEmail' => getenv('EMAIL'),
    'currency' => getenv('CURRENCY'),
    'amountExpected' => getenv('AMOUNT'),
    'notificationURL' => getenv('NOTIFICATION_URL'),
    'callBackURLOnSuccess' => getenv('CALLBACK_URL'),
    'format' => 'json',
];
$order['secureHash'] = secure_hash(
    $order['apiClientID'],
    $order['amountExpected'],
    $order['serviceID'],
    $order['clientIDNumber'],
    $order['currency'],
    $order['billRefNumber'],
    $order['billDesc'],
    $order['clientName'],
);

echo post('/api/PaymentAPI/checkout', $order), "\n";

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
