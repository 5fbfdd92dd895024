# Checks the secure hash of a notice, whose body comes on standard input.
# JSON is of Elixir 1.18; before it, Jason does the same.
# Then hold reference, amount and currency against your own order, and ask for the status:
# the hash does not cover it.

defmodule Lango do
  # base64 of the lower-case hex of the HMAC.
  def secure_hash(values) do
    :crypto.mac(:hmac, :sha256, System.fetch_env!("KEY"), [values, System.fetch_env!("SECRET")])
    |> Base.encode16(case: :lower)
    |> Base.encode64()
  end

  def same?(a, b), do: byte_size(a) == byte_size(b) and :crypto.hash_equals(a, b)
end

env = &System.fetch_env!/1

notice = JSON.decode!(IO.read(:stdio, :eof))
hashed = ~w(client_invoice_ref invoice_number amount_paid payment_date)

if Lango.same?(Lango.secure_hash(Enum.map(hashed, &notice[&1])), notice["secure_hash"]) do
  IO.puts("genuine")
else
  IO.puts("forged")
  System.halt(1)
end
