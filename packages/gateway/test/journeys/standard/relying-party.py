"""A web application in Python that signs people in with Authlib, every check of the library's switched on.

Settings come in the environment. It prints the address to send a browser to, reads the address that the browser came back
to, and prints what it learnt as one line of JSON. It ends with an exception, and so with exit code 1, at the first check
that fails.
"""
import json
import os

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url

issuer, algorithm = os.environ["ISSUER"], os.environ["ALGORITHM"]

found = requests.get(get_well_known_url(issuer, external=True), timeout=10)
found.raise_for_status()
server = OpenIDProviderMetadata(found.json())
server.validate()
assert server["issuer"] == issuer
assert algorithm in server["id_token_signing_alg_values_supported"]

session = OAuth2Session(
    os.environ["CLIENT_ID"],
    os.environ["CLIENT_SECRET"],
    scope="openid profile email offline_access",
    redirect_uri=os.environ["REDIRECT_URI"],
    token_endpoint_auth_method=os.environ["AUTH_METHOD"],
    revocation_endpoint_auth_method=os.environ["AUTH_METHOD"],
    code_challenge_method="S256",
    token_endpoint=server["token_endpoint"],
)
# In place of a secret the library then holds a private key. Its assertions name who they are for: the issuer.
session.register_client_auth_method(PrivateKeyJWT(issuer, alg="ES256"))


def verified(token, nonce):
    """The claims of an ID token whose signature, times, audience, nonce and access token hash are right."""
    keys = requests.get(server["jwks_uri"], timeout=10)
    keys.raise_for_status()
    claims = JsonWebToken([algorithm]).decode(
        token["id_token"],
        JsonWebKey.import_key_set(keys.json()),
        claims_cls=CodeIDToken,
        claims_options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": session.client_id},
            "at_hash": {"essential": True},
        },
        claims_params={
            "client_id": session.client_id,
            "access_token": token["access_token"],
            "max_age": 600,
            **({} if nonce is None else {"nonce": nonce}),
        },
    )
    claims.validate()
    return claims


verifier, nonce = generate_token(64), generate_token(20)
url, state = session.create_authorization_url(
    server["authorization_endpoint"], code_verifier=verifier, nonce=nonce, max_age=600
)
print(url, flush=True)

token = session.fetch_token(authorization_response=input(), code_verifier=verifier, state=state)
claims = verified(token, nonce)
person = session.get(server["userinfo_endpoint"])
person.raise_for_status()
assert person.json()["sub"] == claims["sub"]

refreshed = session.refresh_token(server["token_endpoint"])
assert refreshed["refresh_token"] != token["refresh_token"]
assert verified(refreshed, None)["sub"] == claims["sub"]
live = session.introspect_token(server["introspection_endpoint"], refreshed["access_token"]).json()
session.revoke_token(server["revocation_endpoint"], refreshed["refresh_token"]).raise_for_status()
dead = session.introspect_token(server["introspection_endpoint"], refreshed["access_token"]).json()

print(json.dumps({"claims": claims, "person": person.json(), "live": live["active"], "dead": dead}))
