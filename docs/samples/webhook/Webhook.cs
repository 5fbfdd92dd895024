// Checks the signature over a whole notice, whose body comes on standard input.

using System.Security.Cryptography;
using System.Text;

var timestamp = Env("WEBHOOK_TIMESTAMP");
if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(timestamp)) > 300)
{
    Console.WriteLine("too old");
    return 1;
}

using var content = new MemoryStream();
content.Write(Encoding.UTF8.GetBytes($"{Env("WEBHOOK_ID")}.{timestamp}."));
await Console.OpenStandardInput().CopyToAsync(content);
var key = Convert.FromBase64String(Env("WEBHOOK_SECRET")["whsec_".Length..]);
var digest = HMACSHA256.HashData(key, content.ToArray());
var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(digest));

var genuine = false;
foreach (var signature in Env("WEBHOOK_SIGNATURE").Split(' '))
{
    genuine |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
}
Console.WriteLine(genuine ? "genuine" : "forged");
return genuine ? 0 : 1;

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
