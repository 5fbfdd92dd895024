// A bank asks whether a bill may be paid, and what is still owed.

using System.Security.Cryptography;
using System.Text;

var question = new Dictionary<string, string>
{
    ["api_client_id"] = Env("API_CLIENT_ID"),
    ["ref_no"] = Env("REF_NO"),
    ["currency"] = Env("CURRENCY"),
    ["amount"] = Env("AMOUNT"),
};
question["secure_hash"] = SecureHash(question["api_client_id"], question["ref_no"], question["amount"]);

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
using var answer = await http.PostAsync(
    Env("LANGO_URL") + "/api/payment/validate", new FormUrlEncodedContent(question));
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
