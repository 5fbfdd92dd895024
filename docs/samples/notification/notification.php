<?php
// Checks the secure hash of a notice, whose body comes on standard input.
// In a web server the body is php://input.
// Then hold reference, amount and currency against your own order, and ask for the status:
// the hash does not cover it.
declare(strict_types=1);

$notice = json_decode(file_get_contents('php://stdin'), true, 16, JSON_THROW_ON_ERROR);
$expected = secure_hash(
    $notice['client_invoice_ref'],
    $notice['invoice_number'],
    $notice['amount_paid'],
    $notice['payment_date'],
);

$genuine = hash_equals($expected, $notice['secure_hash']);
echo $genuine ? 'genuine' : 'forged', "\n";
exit($genuine ? 0 : 1);

/** base64 of the lower-case hex of the HMAC. */
function secure_hash(string ...$values): string
{
    return base64_encode(hash_hmac('sha256', implode('', $values) . getenv('SECRET'), getenv('KEY')));
}
