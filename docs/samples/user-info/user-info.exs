# Asks who signed in.

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

url = String.to_charlist(env.("LANGO_URL") <> "/api/userinfo")
headers = [{~c"authorization", String.to_charlist("Bearer " <> env.("ACCESS_TOKEN"))}]
{:ok, {{_, status, _}, _, body}} = :httpc.request(:get, {url, headers}, Lango.options(), body_format: :binary)
if status != 200, do: raise("#{status} #{body}")
IO.puts(body)
