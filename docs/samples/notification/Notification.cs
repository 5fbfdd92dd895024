// Checks the secure hash of a notice, whose body comes on standard input.
// Then hold reference, amount and currency against your own order, and ask for the status:
// the hash does not cover it.

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using var notice = JsonDocument.Parse(Console.OpenStandardInput());
string Text(string name) => notice.RootElement.GetProperty(name).GetString() ?? "";
var expected = SecureHash(
    Text("client_invoice_ref"), Text("invoice_number"), Text("amount_paid"), Text("payment_date"));

var genuine = CryptographicOperations.FixedTimeEquals(
    Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(Text("secure_hash")));
Console.WriteLine(genuine ? "genuine" : "forged");
return genuine ? 0 : 1;

// base64 of the lower-case hex of the HMAC.
static string SecureHash(params string[] values)
{
    var data = Encoding.UTF8.GetBytes(string.Concat(values) + Env("SECRET"));
    var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Env("KEY")), data);
    return Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToHexString(digest).ToLowerInvariant()));
}

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
