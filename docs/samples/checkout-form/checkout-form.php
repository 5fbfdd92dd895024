<?php
// Prints a form whose button takes the payer to the payment page.
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
    'format' => 'html',
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

?>
<form method="post" action="<?= escaped(getenv('LANGO_URL')) ?>/api/PaymentAPI/checkout">
<?php foreach ($order as $name => $value): ?>
  <input type="hidden" name="<?= $name ?>" value="<?= escaped($value) ?>">
<?php endforeach ?>
  <button type="submit">Pay</button>
</form>
<?php
function escaped(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES | ENT_HTML5, 'UTF-8');
}

/** base64 of the lower-case hex of the HMAC. */
function secure_hash(string ...$values): string
{
    return base64_encode(hash_hmac('sha256', implode('', $values) . getenv('SECRET'), getenv('KEY')));
}
