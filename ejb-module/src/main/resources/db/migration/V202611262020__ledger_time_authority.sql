-- The operator's own word on time, for a ledger that has nobody else's: its certificate is on the ledger and marked as the operator's.
create table ledger.time_authority (
  key_id text primary key check (key_id ~ '^[0-9a-f]{64}$'),
  org_id uuid not null,
  certificate text not null,
  wrapped bytea not null,
  created_at timestamptz not null
);
alter table ledger.time_authority enable row level security;
alter table ledger.time_authority force row level security;
create policy time_authority_app on ledger.time_authority for all to yiqi_app
  using (shared.scope() = 'SYSTEM') with check (shared.scope() = 'SYSTEM');
create policy time_authority_worker on ledger.time_authority for all to yiqi_worker using (true) with check (true);
grant select, insert on ledger.time_authority to yiqi_app, yiqi_worker;
grant update (wrapped) on ledger.time_authority to yiqi_worker;
