<?php
// Checks the signature over a whole notice, whose body comes on standard input.
// In a web server the body is php://input, and a header is $_SERVER['HTTP_WEBHOOK_ID'].
declare(strict_types=1);

$id = getenv('WEBHOOK_ID');
$timestamp = getenv('WEBHOOK_TIMESTAMP');
$body = file_get_contents('php://stdin');

if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
    echo "too old\n";
    exit(1);
}

$key = base64_decode(substr(getenv('WEBHOOK_SECRET'), strlen('whsec_')), true);
$expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));

$genuine = false;
foreach (explode(' ', getenv('WEBHOOK_SIGNATURE')) as $signature) {
    $genuine = hash_equals($expected, $signature) || $genuine;
}
echo $genuine ? 'genuine' : 'forged', "\n";
exit($genuine ? 0 : 1);
