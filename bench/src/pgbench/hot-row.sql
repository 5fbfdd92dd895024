-- A confirm as most would write it: one statement after the other in a transaction, and a balance of the merchant that
-- every payment adds to. That comes last, so that the row is locked as briefly as it can be.
\set i :i + 1
\set n :first + :client_id * :each + :i
begin;
select i.id as invoice_id, i.organization_id, i.number, i.reference, i.api_client_id, i.net + i.commission as expected,
  i.commission, i.notification_url, NEW_ID as payment_id, NEW_ID as payment_transfer, NEW_ID as fee_transfer,
  NEW_ID as notice_id
from bench_order o join invoice i on i.organization_id = o.organization_id and i.id = o.invoice_id
where o.n = :n and i.state = 'pending' for update of i
\gset
insert into payment_claim (source, external_id, fingerprint, organization_id, payment_id, attempt_id)
values (:source, 'HOT-' || :number, sha256(:number::bytea), :organization_id, :payment_id, :payment_id);
insert into payment (organization_id, id, source, external_id, channel, amount, currency, invoice_id, asked_reference,
  payer_name, payer_account, paid_at, received_at)
values (:organization_id, :payment_id, :source, 'HOT-' || :number, 'Bank', :expected, 'KES', :invoice_id, :number,
  'Achieng Otieno', '254700000200', now(), now());
insert into allocation (organization_id, payment_id, place, kind, invoice_id, amount, currency)
values (:organization_id, :payment_id, 0, 'invoice', :invoice_id, :expected, 'KES');
insert into transfer (organization_id, id, debit, credit, amount, currency, code, payment_id, booked_at, value_at)
values
  (:organization_id, :payment_transfer, 'clearing/' || :source || '/KES', 'merchant/KES', :expected, 'KES', 'payment',
   :payment_id, now(), now()),
  (:organization_id, :fee_transfer, 'merchant/KES', 'fees/KES', :commission, 'KES', 'fee', :payment_id, now(), now());
update invoice set paid = :expected, state = 'settled', sequence = 1, paid_at = now()
where organization_id = :organization_id and id = :invoice_id;
insert into notice (organization_id, id, invoice_id, sequence, dialect, event, endpoint, next_at, created_at)
values (:organization_id, :notice_id, :invoice_id, 1, 'pesaflow',
  jsonb_build_object('type', 'invoice.paid', 'organizationId', :organization_id::text, 'apiClientId',
    :api_client_id::text, 'invoiceNumber', :number::text, 'reference', :reference::text, 'sequence', 1, 'state',
    'settled', 'currency', 'KES', 'expected', '1505.00', 'paid', '1505.00', 'credited', '0.00', 'payerPhone',
    '254700000200', 'channel', 'Bank', 'occurredAt', now()::text, 'payments', jsonb_build_array(
      jsonb_build_object('reference', 'HOT-' || :number, 'amount', '1505.00', 'currency', 'KES', 'paidAt', now()::text,
        'receivedAt', now()::text))),
  :notification_url, now() + interval '1 day', now());
update bench_balance set balance = balance + :expected where organization_id = :organization_id;
commit;
