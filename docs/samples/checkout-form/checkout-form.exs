# Prints a form whose button takes the payer to the payment page.

defmodule Lango do
  # base64 of the lower-case hex of the HMAC.
  def secure_hash(values) do
    :crypto.mac(:hmac, :sha256, System.fetch_env!("KEY"), [values, System.fetch_env!("SECRET")])
    |> Base.encode16(case: :lower)
    |> Base.encode64()
  end

  def escaped(text) do
    String.replace(text, ["&", "<", ">", "\"", "'"], fn
      "&" -> "&amp;"
      "<" -> "&lt;"
      ">" -> "&gt;"
      "\"" -> "&quot;"
      "'" -> "&#39;"
    end)
  end
end

env = &System.fetch_env!/1

order = [
  apiClientID: env.("API_CLIENT_ID"),
  serviceID: env.("SERVICE_ID"),
  billRefNumber: env.("BILL_REF"),
  billDesc: env.("BILL_DESC"),
  clientName: env.("CLIENT_NAME"),
  clientIDNumber: env.("CLIENT_ID_NUMBER"),
  clientMSISDN: env.("PHONE"),
  clientEmail: env.("EMAIL"),
  currency: env.("CURRENCY"),
  amountExpected: env.("AMOUNT"),
  notificationURL: env.("NOTIFICATION_URL"),
  callBackURLOnSuccess: env.("CALLBACK_URL"),
  format: "html"
]

hashed =
  ~w(apiClientID amountExpected serviceID clientIDNumber
     currency billRefNumber billDesc clientName)a
hash = Lango.secure_hash(Enum.map(hashed, &order[&1]))

IO.puts(~s(<form method="post" action="#{Lango.escaped(env.("LANGO_URL"))}/api/PaymentAPI/checkout">))

for {name, value} <- order ++ [secureHash: hash] do
  IO.puts(~s(  <input type="hidden" name="#{name}" value="#{Lango.escaped(value)}">))
end

IO.puts(~s(  <button type="submit">Pay</button>\n</form>))
