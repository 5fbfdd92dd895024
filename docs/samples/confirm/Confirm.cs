// A bank reports a payment. If the answer is lost, send the very same report again.
// TRANSACTION_DATE is Nairobi time, like 2026-11-22 14:30:00.

using System.Security.Cryptography;
using System.Text;

var payment = new Dictionary<string, string>
{
    ["api_client_id"] = Env("API_CLIENT_ID"),
    ["ref_no"] = Env("REF_NO"),
    ["amount"] = Env("AMOUNT"),
    ["currency"] = Env("CURRENCY"),
    ["gateway_transaction_id"] = Env("TRANSACTION_ID"),
    ["gateway_transaction_date"] = Env("TRANSACTION_DATE"),
    ["customer_name"] = Env("CLIENT_NAME"),
    ["customer_account_number"] = Env("CUSTOMER_ACCOUNT"),
};
payment["secure_hash"] = SecureHash(
    payment["api_client_id"], payment["ref_no"], payment["amount"], payment["currency"],
    payment["gateway_transaction_id"], payment["gateway_transaction_date"],
    payment["customer_name"], payment["customer_account_number"]);

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
using var answer = await http.PostAsync(
    Env("LANGO_URL") + "/api/payment/confirm", new FormUrlEncodedContent(payment));
Console.WriteLine(await answer.Content.ReadAsStringAsync());
return answer.IsSuccessStatusCode ? 0 : 1;

// base64 of the lower-case hex of the HMAC.
static string SecureHash(params string[] values)
{
    var data = Encoding.UTF8.GetBytes(string.Concat(values) + Env("SECRET"));
    var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Env("KEY")), data);
    return Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToHexString(digest).ToLowerInvariant()));
}

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
