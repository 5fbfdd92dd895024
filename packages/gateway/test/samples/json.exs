# What Elixir brings since 1.18, for the 1.14 of Debian 12: there erlang-jiffy does it.
unless Code.ensure_loaded?(JSON) do
  defmodule JSON do
    def decode!(text), do: :jiffy.decode(text, [:return_maps])
    def encode!(value), do: IO.iodata_to_binary(:jiffy.encode(value))
  end
end
