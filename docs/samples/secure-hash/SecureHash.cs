// Computes the secure hash of a checkout.

using System.Security.Cryptography;
using System.Text;

Console.WriteLine(SecureHash(
    Env("API_CLIENT_ID"), Env("AMOUNT"), Env("SERVICE_ID"), Env("CLIENT_ID_NUMBER"),
    Env("CURRENCY"), Env("BILL_REF"), Env("BILL_DESC"), Env("CLIENT_NAME")));

// base64 of the lower-case hex of the HMAC.
static string SecureHash(params string[] values)
{
    var data = Encoding.UTF8.GetBytes(string.Concat(values) + Env("SECRET"));
    var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Env("KEY")), data);
    return Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToHexString(digest).ToLowerInvariant()));
}

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
