<?php
// Raises an invoice from a server, with a Bearer token instead of a secure hash.
declare(strict_types=1);

$invoice = [
    'account_id' => getenv('SERVICE_ID'),
    'amount_net' => getenv('AMOUNT'),
    'callback_url' => getenv('CALLBACK_URL'),
    'client_invoice_ref' => getenv('BILL_REF'),
    'currency' => getenv('CURRENCY'),
    'email' => getenv('EMAIL'),
    'id_number' => getenv('CLIENT_ID_NUMBER'),
    'msisdn' => getenv('PHONE'),
    'name' => getenv('CLIENT_NAME'),
    'notification_url' => getenv('NOTIFICATION_URL'),
    'items' => [['desc' => getenv('BILL_DESC'), 'price' => getenv('AMOUNT'), 'quantity' => '1']],
];

$curl = curl_init(getenv('LANGO_URL') . '/api/invoice/create');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Authorization: Bearer ' . getenv('TOKEN')],
    CURLOPT_POSTFIELDS => json_encode($invoice, JSON_THROW_ON_ERROR),
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);
$answer = curl_exec($curl);
if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 200) {
    throw new RuntimeException($answer ?: curl_error($curl));
}
echo $answer, "\n";
