<?php
// Asks who signed in.
declare(strict_types=1);

$curl = curl_init(getenv('LANGO_URL') . '/api/userinfo');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . getenv('ACCESS_TOKEN')],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);
$answer = curl_exec($curl);
if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 200) {
    throw new RuntimeException($answer ?: curl_error($curl));
}
echo $answer, "\n";
