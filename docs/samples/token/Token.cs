// Gets a Bearer token that lasts an hour.

var fields = new Dictionary<string, string>
{
    ["key"] = Env("KEY"),
    ["secret"] = Env("SECRET"),
};

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
using var answer = await http.PostAsync(
    Env("LANGO_URL") + "/api/oauth/generate/token", new FormUrlEncodedContent(fields));
Console.WriteLine(await answer.Content.ReadAsStringAsync());
return answer.IsSuccessStatusCode ? 0 : 1;

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
