-- ID tokens may be signed by PS256 and EdDSA (Ed25519) too: RFC 7518 section 3.5, RFC 8037. Both checks only widen.

alter table application
  drop constraint application_id_token_alg_check,
  add constraint application_id_token_alg_check check (id_token_alg in ('RS256', 'ES256', 'PS256', 'EdDSA'));

alter table signing_key
  drop constraint signing_key_alg_check,
  add constraint signing_key_alg_check check (alg in ('RS256', 'ES256', 'PS256', 'EdDSA'));
