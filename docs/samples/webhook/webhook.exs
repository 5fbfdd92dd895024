# Checks the signature over a whole notice, whose body comes on standard input.

defmodule Lango do
  def same?(a, b), do: byte_size(a) == byte_size(b) and :crypto.hash_equals(a, b)
end

env = &System.fetch_env!/1

[id, timestamp] = [env.("WEBHOOK_ID"), env.("WEBHOOK_TIMESTAMP")]
body = IO.read(:stdio, :eof)
"whsec_" <> secret = env.("WEBHOOK_SECRET")

content = "#{id}.#{timestamp}.#{body}"
expected = "v1," <> Base.encode64(:crypto.mac(:hmac, :sha256, Base.decode64!(secret), content))
late = abs(System.os_time(:second) - String.to_integer(timestamp)) > 300

if not late and Enum.any?(String.split(env.("WEBHOOK_SIGNATURE")), &Lango.same?(&1, expected)) do
  IO.puts("genuine")
else
  IO.puts(if late, do: "too old", else: "forged")
  System.halt(1)
end
