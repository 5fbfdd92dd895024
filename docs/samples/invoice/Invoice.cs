// Raises an invoice from a server, with a Bearer token instead of a secure hash.

using System.Net.Http.Headers;
using System.Net.Http.Json;

var invoice = new Dictionary<string, object>
{
    ["account_id"] = Env("SERVICE_ID"),
    ["amount_net"] = Env("AMOUNT"),
    ["callback_url"] = Env("CALLBACK_URL"),
    ["client_invoice_ref"] = Env("BILL_REF"),
    ["currency"] = Env("CURRENCY"),
    ["email"] = Env("EMAIL"),
    ["id_number"] = Env("CLIENT_ID_NUMBER"),
    ["msisdn"] = Env("PHONE"),
    ["name"] = Env("CLIENT_NAME"),
    ["notification_url"] = Env("NOTIFICATION_URL"),
    ["items"] = new[] { new { desc = Env("BILL_DESC"), price = Env("AMOUNT"), quantity = "1" } },
};

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Env("TOKEN"));
using var answer = await http.PostAsJsonAsync(Env("LANGO_URL") + "/api/invoice/create", invoice);
Console.WriteLine(await answer.Content.ReadAsStringAsync());
return answer.IsSuccessStatusCode ? 0 : 1;

static string Env(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
