-- What a finished rental costs, who owes it, and the books in which every entry balances.
create schema billing;
grant usage on schema billing to yiqi_app, yiqi_worker, yiqi_auditor, yiqi_owner;

create sequence billing.invoice_number;
grant usage on sequence billing.invoice_number to yiqi_app, yiqi_worker;

create table billing.statement (
  id uuid primary key,
  version bigint not null default 0,
  rental_id uuid not null,
  rental_number text not null,
  unit_zh text not null,
  unit_en text not null,
  owner_org uuid not null,
  owner_zh text not null,
  owner_en text not null,
  lessee_org uuid not null,
  lessee_zh text not null,
  lessee_en text not null,
  tariff_id uuid not null,
  tariff_revision int not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  uses int not null check (uses >= 0),
  transport_cost bigint not null check (transport_cost >= 0),
  currency text not null,
  total bigint not null check (total >= 0),
  state text not null check (state in ('METERED', 'AGREED', 'INVOICED', 'PARTIALLY_PAID', 'PAID')),
  created_at timestamptz not null,
  constraint statement_rental unique (rental_id)
);
create index statement_owner on billing.statement (owner_org, created_at);
create index statement_lessee on billing.statement (lessee_org, created_at);
create table billing.statement_line (
  statement_id uuid not null references billing.statement(id),
  position int not null,
  kind text not null,
  quantity int not null,
  length int not null,
  unit text not null,
  unit_price bigint not null,
  amount bigint not null,
  primary key (statement_id, position)
);

create table billing.invoice (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  statement_id uuid not null references billing.statement(id),
  owner_org uuid not null,
  lessee_org uuid not null,
  currency text not null,
  amount bigint not null check (amount >= 0),
  paid bigint not null default 0 check (paid >= 0 and paid <= amount),
  state text not null check (state in ('OPEN', 'PARTIALLY_PAID', 'PAID')),
  issued_at timestamptz not null,
  due_at timestamptz not null,
  constraint invoice_number_once unique (number),
  constraint invoice_statement unique (statement_id)
);
create index invoice_owner on billing.invoice (owner_org, issued_at);
create index invoice_lessee on billing.invoice (lessee_org, issued_at);

create table billing.payment (
  id uuid primary key,
  invoice_id uuid not null references billing.invoice(id),
  owner_org uuid not null,
  lessee_org uuid not null,
  reference text not null check (length(reference) between 1 and 120),
  currency text not null,
  amount bigint not null check (amount > 0),
  received_at timestamptz not null,
  constraint payment_reference unique (owner_org, reference)
);
create index payment_lessee on billing.payment (lessee_org, received_at);

-- An entry stands in one organisation's book; its postings balance when the transaction ends.
create table billing.entry (
  id uuid primary key,
  book_org uuid not null,
  counterparty uuid not null,
  at timestamptz not null,
  reason text not null check (reason in ('INVOICE', 'PAYMENT')),
  source_id uuid not null,
  constraint entry_once unique (book_org, reason, source_id)
);
create index entry_book on billing.entry (book_org, at);
create table billing.posting (
  entry_id uuid not null references billing.entry(id),
  position int not null,
  account text not null check (account in ('BANK', 'RECEIVABLE', 'RENTAL_INCOME', 'PAYABLE', 'RENTAL_EXPENSE')),
  currency text not null,
  debit bigint not null check (debit >= 0),
  credit bigint not null check (credit >= 0),
  primary key (entry_id, position),
  constraint posting_one_side check ((debit = 0) <> (credit = 0))
);

-- Runs with the owner's rights, so that row-level security cannot hide half of an entry from the sum.
create function billing.check_balance() returns trigger language plpgsql security definer set search_path = billing as $$
declare
  unbalanced int;
  postings int;
begin
  select count(*) into postings from billing.posting where entry_id = new.entry_id;
  select count(*) into unbalanced from (
    select currency from billing.posting where entry_id = new.entry_id
    group by currency having sum(debit) <> sum(credit)) d;
  if unbalanced > 0 or postings < 2 then
    raise exception 'entry % does not balance', new.entry_id
      using errcode = 'check_violation', constraint = 'entry_balances';
  end if;
  return null;
end $$;
create constraint trigger entry_balances after insert or update on billing.posting
  deferrable initially deferred for each row execute function billing.check_balance();

do $$
declare t text;
begin
  foreach t in array array['statement','statement_line','invoice','payment','entry','posting'] loop
    execute format('alter table billing.%I enable row level security', t);
    execute format('alter table billing.%I force row level security', t);
    execute format('create policy %I on billing.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on billing.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert on billing.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on billing.%I to yiqi_auditor', t);
  end loop;
end $$;
grant update on billing.statement, billing.invoice to yiqi_app, yiqi_worker;
create policy posting_sum on billing.posting for select to yiqi_owner using (true);

create policy statement_app on billing.statement for all to yiqi_app
  using (shared.sees_any(array[owner_org, lessee_org])) with check (shared.sees_any(array[owner_org, lessee_org]));
create policy statement_line_app on billing.statement_line for all to yiqi_app
  using (exists (select 1 from billing.statement s where s.id = statement_id))
  with check (exists (select 1 from billing.statement s where s.id = statement_id));
create policy invoice_app on billing.invoice for all to yiqi_app
  using (shared.sees_any(array[owner_org, lessee_org])) with check (shared.sees_any(array[owner_org, lessee_org]));
create policy payment_app on billing.payment for all to yiqi_app
  using (shared.sees_any(array[owner_org, lessee_org])) with check (shared.sees_any(array[owner_org, lessee_org]));
-- A book is read by its organisation; an entry of two parties is written into both books at once.
create policy entry_read on billing.entry for select to yiqi_app using (shared.sees(book_org));
create policy entry_new on billing.entry for insert to yiqi_app
  with check (shared.sees_any(array[book_org, counterparty]));
create policy posting_read on billing.posting for select to yiqi_app
  using (exists (select 1 from billing.entry e where e.id = entry_id));
create policy posting_new on billing.posting for insert to yiqi_app with check (shared.scope() <> '');
