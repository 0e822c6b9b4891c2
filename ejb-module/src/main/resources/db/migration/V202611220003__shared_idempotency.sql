-- What a repeated POST is answered with; the row is written in the transaction of the deed, so both exist or neither.
create table shared.idempotency (
  caller uuid not null,
  key text not null,
  org_id uuid,
  request text not null,
  digest text,
  status int,
  location text,
  content_type text,
  body bytea,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_age on shared.idempotency (created_at);
alter table shared.idempotency enable row level security;
alter table shared.idempotency force row level security;
create policy idempotency_app on shared.idempotency for all to yiqi_app
  using (org_id is not distinct from shared.current_org()) with check (org_id is not distinct from shared.current_org());
create policy idempotency_worker on shared.idempotency for all to yiqi_worker using (true) with check (true);
grant select, insert, update, delete on shared.idempotency to yiqi_app;
grant select, delete on shared.idempotency to yiqi_worker;
