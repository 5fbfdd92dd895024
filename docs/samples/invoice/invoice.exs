# Raises an invoice from a server, with a Bearer token instead of a secure hash.
# JSON is of Elixir 1.18; before it, Jason does the same.

defmodule Lango do
  # Erlang before OTP 26 checks no certificate unless it is told to.
  def options do
    match = :public_key.pkix_verify_hostname_match_fun(:https)
    checks = [verify: :verify_peer, cacerts: :public_key.cacerts_get()]
    [timeout: 30_000, ssl: checks ++ [customize_hostname_check: [match_fun: match]]]
  end
end

Enum.each([:inets, :ssl], &Application.ensure_all_started/1)
env = &System.fetch_env!/1

invoice = %{
  account_id: env.("SERVICE_ID"),
  amount_net: env.("AMOUNT"),
  callback_url: env.("CALLBACK_URL"),
  client_invoice_ref: env.("BILL_REF"),
  currency: env.("CURRENCY"),
  email: env.("EMAIL"),
  id_number: env.("CLIENT_ID_NUMBER"),
  msisdn: env.("PHONE"),
  name: env.("CLIENT_NAME"),
  notification_url: env.("NOTIFICATION_URL"),
  items: [%{desc: env.("BILL_DESC"), price: env.("AMOUNT"), quantity: "1"}]
}

url = String.to_charlist(env.("LANGO_URL") <> "/api/invoice/create")
headers = [{~c"authorization", String.to_charlist("Bearer " <> env.("TOKEN"))}]
request = {url, headers, ~c"application/json", JSON.encode!(invoice)}
{:ok, {{_, status, _}, _, body}} = :httpc.request(:post, request, Lango.options(), body_format: :binary)
if status != 200, do: raise("#{status} #{body}")
IO.puts(body)
