# Prints the address to send a browser to, and the state and code verifier to keep in its session.

random = fn -> Base.url_encode64(:crypto.strong_rand_bytes(32), padding: false) end
state = random.()
code_verifier = random.()

query = [
  response_type: "code",
  client_id: System.fetch_env!("CLIENT_ID"),
  redirect_uri: System.fetch_env!("REDIRECT_URI"),
  scope: "openid",
  state: state,
  code_challenge: Base.url_encode64(:crypto.hash(:sha256, code_verifier), padding: false),
  code_challenge_method: "S256"
]

IO.puts("#{System.fetch_env!("LANGO_URL")}/oauth/authorize?#{URI.encode_query(query)}")
IO.puts("state=#{state}")
IO.puts("code_verifier=#{code_verifier}")
