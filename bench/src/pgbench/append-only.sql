-- The same confirm without a row that all payments meet at, and as one statement: the best that one at a time can do.
\set i :i + 1
\set n :first + :client_id * :each + :i
with due as (
  select i.id as invoice_id, i.organization_id, i.number, i.reference, i.api_client_id, i.net + i.commission as expected,
    i.commission, i.notification_url, NEW_ID as payment_id
  from bench_order o join invoice i on i.organization_id = o.organization_id and i.id = o.invoice_id
  where o.n = :n and i.state = 'pending' for update of i
), claimed as (
  insert into payment_claim (source, external_id, fingerprint, organization_id, payment_id, attempt_id)
  select :source, 'ONE-' || number, sha256(number::bytea), organization_id, payment_id, payment_id from due
), paid as (
  insert into payment (organization_id, id, source, external_id, channel, amount, currency, invoice_id,
    asked_reference, payer_name, payer_account, paid_at, received_at)
  select organization_id, payment_id, :source, 'ONE-' || number, 'Bank', expected, 'KES', invoice_id, number,
    'Achieng Otieno', '254700000200', now(), now() from due
), allocated as (
  insert into allocation (organization_id, payment_id, place, kind, invoice_id, amount, currency)
  select organization_id, payment_id, 0, 'invoice', invoice_id, expected, 'KES' from due
), moved as (
  insert into transfer (organization_id, id, debit, credit, amount, currency, code, payment_id, booked_at, value_at)
  select organization_id, NEW_ID, 'clearing/' || :source || '/KES', 'merchant/KES', expected, 'KES', 'payment',
    payment_id, now(), now() from due
  union all
  select organization_id, NEW_ID, 'merchant/KES', 'fees/KES', commission, 'KES', 'fee', payment_id, now(), now()
  from due
), settled as (
  update invoice i set paid = due.expected, state = 'settled', sequence = 1, paid_at = now()
  from due where i.organization_id = due.organization_id and i.id = due.invoice_id
)
insert into notice (organization_id, id, invoice_id, sequence, dialect, event, endpoint, next_at, created_at)
select organization_id, NEW_ID, invoice_id, 1, 'pesaflow',
  jsonb_build_object('type', 'invoice.paid', 'organizationId', organization_id::text, 'apiClientId', api_client_id,
    'invoiceNumber', number, 'reference', reference, 'sequence', 1, 'state', 'settled', 'currency', 'KES', 'expected',
    '1505.00', 'paid', '1505.00', 'credited', '0.00', 'payerPhone', '254700000200', 'channel', 'Bank', 'occurredAt',
    now()::text, 'payments', jsonb_build_array(
      jsonb_build_object('reference', 'ONE-' || number, 'amount', '1505.00', 'currency', 'KES', 'paidAt', now()::text,
        'receivedAt', now()::text))),
  notification_url, now() + interval '1 day', now()
from due;
