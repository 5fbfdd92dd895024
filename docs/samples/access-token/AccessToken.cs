// Exchanges a code for tokens: once, and within a minute.

var fields = new Dictionary<string, string>
{
    ["grant_type"] = "authorization_code",
    ["client_id"] = Env("CLIENT_ID"),
    ["client_secret"] = Env("CLIENT_SECRET"),
    ["code"] = Env("CODE"),
    ["code_verifier"] = Env("CODE_VERIFIER"),
    ["redirect_uri"] = Env("REDIRECT_URI"),
};

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
using var answer = await http.PostAsync(
    Env("LANGO_URL") + "/oauth/access-token", new FormUrlEncodedContent(fields));
Console.WriteLine(await answer.Content.ReadAsStringAsync());
return answer.IsSuccessStatusCode ? 0 : 1;

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
