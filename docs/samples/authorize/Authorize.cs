// Prints the address to send a browser to, and the state and code verifier to keep in its session.

using System.Security.Cryptography;
using System.Text;

var state = Random();
var codeVerifier = Random();
var challenge = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier)));

Console.WriteLine(
    $"{Env("LANGO_URL")}/oauth/authorize?response_type=code&scope=openid"
    + $"&client_id={Uri.EscapeDataString(Env("CLIENT_ID"))}"
    + $"&redirect_uri={Uri.EscapeDataString(Env("REDIRECT_URI"))}"
    + $"&state={state}&code_challenge={challenge}&code_challenge_method=S256");
Console.WriteLine($"state={state}");
Console.WriteLine($"code_verifier={codeVerifier}");

static string Random() => Base64Url(RandomNumberGenerator.GetBytes(32));

static string Base64Url(byte[] bytes) =>
    Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
