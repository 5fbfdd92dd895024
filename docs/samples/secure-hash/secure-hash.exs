# Computes the secure hash of a checkout.

defmodule Lango do
  # base64 of the lower-case hex of the HMAC.
  def secure_hash(values) do
    :crypto.mac(:hmac, :sha256, System.fetch_env!("KEY"), [values, System.fetch_env!("SECRET")])
    |> Base.encode16(case: :lower)
    |> Base.encode64()
  end
end

env = &System.fetch_env!/1

~w(API_CLIENT_ID AMOUNT SERVICE_ID CLIENT_ID_NUMBER CURRENCY BILL_REF BILL_DESC CLIENT_NAME)
|> Enum.map(env)
|> Lango.secure_hash()
|> IO.puts()
