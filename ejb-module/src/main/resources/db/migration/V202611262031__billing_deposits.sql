-- Deposits that are held for rentals, and what is owed for a damage: from the deposit first, the rest by invoice.
create table billing.deposit (
  id uuid primary key,
  version bigint not null default 0,
  rental_id uuid not null,
  rental_number text not null,
  owner_org uuid not null,
  lessee_org uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0),
  captured bigint not null default 0 check (captured >= 0),
  released bigint not null default 0 check (released >= 0),
  reference text not null check (length(reference) between 1 and 120),
  received_at timestamptz not null,
  released_at timestamptz,
  constraint deposit_rental unique (rental_id),
  constraint deposit_reference unique (owner_org, reference),
  constraint deposit_whole check (captured + released <= amount),
  constraint deposit_released check ((released > 0) = (released_at is not null))
);
create index deposit_received on billing.deposit (received_at desc, id desc);
create index deposit_owner on billing.deposit (owner_org, received_at);
create index deposit_lessee on billing.deposit (lessee_org, received_at);

create table billing.damage_claim (
  id uuid primary key,
  liability_id uuid not null,
  proposal_id uuid not null,
  owner_org uuid not null,
  lessee_org uuid not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  captured bigint not null check (captured >= 0 and captured <= amount),
  deposit_id uuid references billing.deposit(id),
  invoice_id uuid,
  reversed_at timestamptz,
  constraint damage_claim_once unique (proposal_id, lessee_org),
  constraint damage_claim_from check ((captured > 0) = (deposit_id is not null)),
  constraint damage_claim_rest check ((captured < amount) = (invoice_id is not null))
);
create index damage_claim_liability on billing.damage_claim (liability_id);

alter table billing.invoice alter column statement_id drop not null;
alter table billing.invoice add column liability_id uuid;
alter table billing.invoice add constraint invoice_of_one check (num_nonnulls(statement_id, liability_id) = 1);
alter table billing.invoice drop constraint invoice_state_check;
alter table billing.invoice add constraint invoice_state_check
  check (state in ('OPEN', 'PARTIALLY_PAID', 'PAID', 'CANCELLED'));
create index invoice_liability on billing.invoice (liability_id) where liability_id is not null;

alter table billing.entry drop constraint entry_reason_check;
alter table billing.entry add constraint entry_reason_check check (reason in ('INVOICE', 'PAYMENT', 'DEPOSIT',
  'DEPOSIT_RELEASE', 'DAMAGE', 'DAMAGE_REVERSAL', 'CAPTURE', 'CAPTURE_REVERSAL'));
alter table billing.posting drop constraint posting_account_check;
alter table billing.posting add constraint posting_account_check check (account in ('BANK', 'RECEIVABLE', 'RENTAL_INCOME',
  'PAYABLE', 'RENTAL_EXPENSE', 'DEPOSIT_HELD', 'DEPOSIT_GIVEN', 'DAMAGE_RECOVERY', 'DAMAGE_EXPENSE'));

do $$ declare t text; begin
  foreach t in array array['deposit', 'damage_claim'] loop
    execute format('alter table billing.%I enable row level security', t);
    execute format('alter table billing.%I force row level security', t);
    execute format('create policy %I on billing.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on billing.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on billing.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on billing.%I to yiqi_auditor', t);
    execute format('create policy %I on billing.%I for all to yiqi_app
      using (owner_org = (select shared.current_org()) or lessee_org = (select shared.current_org()) or (select shared.sees_all()))
      with check (shared.sees_any(array[owner_org, lessee_org]))', t || '_app', t);
  end loop;
end $$;
