# Asks whether an invoice is paid, by its number or by the merchant's own reference.

defmodule Lango do
  # The one hash without the secret. base64 of the lower-case hex of the HMAC.
  def secure_hash(values) do
    :crypto.mac(:hmac, :sha256, System.fetch_env!("KEY"), values)
    |> Base.encode16(case: :lower)
    |> Base.encode64()
  end

  def post(path, fields) do
    url = String.to_charlist(System.fetch_env!("LANGO_URL") <> path)
    form = {url, [], ~c"application/x-www-form-urlencoded", URI.encode_query(fields)}
    {:ok, {{_, status, _}, _, body}} = :httpc.request(:post, form, options(), body_format: :binary)
    if status != 200, do: raise("#{status} #{body}")
    body
  end

  # Erlang before OTP 26 checks no certificate unless it is told to.
  def options do
    match = :public_key.pkix_verify_hostname_match_fun(:https)
    checks = [verify: :verify_peer, cacerts: :public_key.cacerts_get()]
    [timeout: 30_000, ssl: checks ++ [customize_hostname_check: [match_fun: match]]]
  end
end

Enum.each([:inets, :ssl], &Application.ensure_all_started/1)
env = &System.fetch_env!/1

question = [
  api_client_id: env.("API_CLIENT_ID"),
  ref_no: env.("REF_NO")
]

hashed = ~w(api_client_id ref_no)a
hash = Lango.secure_hash(Enum.map(hashed, &question[&1]))

IO.puts(Lango.post("/api/invoice/payment/status", question ++ [secure_hash: hash]))
