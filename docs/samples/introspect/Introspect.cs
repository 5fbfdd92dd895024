// Asks whether an access token still holds.

var fields = new Dictionary<string, string>
{
    ["token"] = Env("ACCESS_TOKEN"),
    ["client_id"] = Env("CLIENT_ID"),
    ["client_secret"] = Env("CLIENT_SECRET"),
};

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
using var answer = await http.PostAsync(
    Env("LANGO_URL") + "/api/oauth/token/introspect", new FormUrlEncodedContent(fields));
Console.WriteLine(await answer.Content.ReadAsStringAsync());
return answer.IsSuccessStatusCode ? 0 : 1;

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
