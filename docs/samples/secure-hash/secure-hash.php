<?php
// Computes the secure hash of a checkout.
declare(strict_types=1);

echo secure_hash(
    getenv('API_CLIENT_ID'),
    getenv('AMOUNT'),
    getenv('SERVICE_ID'),
    getenv('CLIENT_ID_NUMBER'),
    getenv('CURRENCY'),
    getenv('BILL_REF'),
    getenv('BILL_DESC'),
    getenv('CLIENT_NAME'),
), "\n";

/** base64 of the lower-case hex of the HMAC. */
function secure_hash(string ...$values): string
{
    return base64_encode(hash_hmac('sha256', implode('', $values) . getenv('SECRET'), getenv('KEY')));
}
