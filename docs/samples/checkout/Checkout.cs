// Raises an invoice: prints its number, the link to its page and its amounts.

using System.Security.Cryptography;
using System.Text;

var order = new Dictionary<string, string>
{
    ["apiClientID"] = Env("API_CLIENT_ID"),
    ["serviceID"] = Env("SERVICE_ID"),
    ["billRefNumber"] = Env("BILL_REF"),
    ["billDesc"] = Env("BILL_DESC"),
    ["clientName"] = Env("CLIENT_NAME"),
    ["clientIDNumber"] = Env("CLIENT_ID_NUMBER"),
    ["clientMSISDN"] = Env("PHONE"),
    ["clientEmail"] = Env("EMAIL"),
    ["currency"] = Env("CURRENCY"),
    ["amountExpected"] = Env("AMOUNT"),
    ["notificationURL"] = Env("NOTIFICATION_URL"),
    ["callBackURLOnSuccess"] = Env("CALLBACK_URL"),
    ["format"] = "json",
};
order["secureHash"] = SecureHash(
    order["apiClientID"], order["amountExpected"], order["serviceID"], order["clientIDNumber"],
    order["currency"], order["billRefNumber"], order["billDesc"], order["clientName"]);

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
using var answer = await http.PostAsync(
    Env("LANGO_URL") + "/api/PaymentAPI/checkout", new FormUrlEncodedContent(order));
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
