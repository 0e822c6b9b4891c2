-- Acts on their way to the ledger, organisations' keys, and the local ledger itself.
create schema ledger;
grant usage on schema ledger to yiqi_app, yiqi_worker, yiqi_auditor;

-- Public halves are public: partners compare fingerprints.
create table ledger.organisation_key (
  key_id text primary key,
  org_id uuid not null,
  alg text not null check (alg in ('SM2_SM3', 'ECDSA_P256_SHA256')),
  public_key text not null,
  custody text not null check (custody in ('MANAGED', 'HELD')),
  created_at timestamptz not null,
  created_by uuid,
  revoked_at timestamptz
);
create index organisation_key_org on ledger.organisation_key (org_id, created_at);

-- Private halves, wrapped by a key that the database does not have.
create table ledger.managed_key (
  key_id text primary key references ledger.organisation_key (key_id),
  org_id uuid not null,
  wrapped bytea not null
);

create sequence ledger.act_order;
create table ledger.act (
  id uuid primary key,
  type text not null,
  subject text not null,
  occurred_at timestamptz not null,
  previous text,
  digest text not null,
  document text not null,
  orgs uuid[] not null,
  missing uuid[] not null,
  reference uuid,
  state text not null check (state in ('WAITING_SIGNATURE', 'PENDING', 'RECORDED', 'REJECTED', 'EXPIRED')),
  refusal text,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  -- The order in which complete acts go to the ledger.
  outbox_order bigint,
  recorded_at timestamptz,
  journal_position bigint,
  constraint act_complete check ((state = 'WAITING_SIGNATURE') = (cardinality(missing) > 0) or state = 'EXPIRED'),
  constraint act_refused check ((state = 'REJECTED') = (refusal is not null)),
  constraint act_recorded check ((state = 'RECORDED') = (recorded_at is not null))
);
-- Only one act may follow another; what was refused or has expired gives its place back.
create unique index act_follows_one on ledger.act (subject, coalesce(previous, ''))
  where state not in ('REJECTED', 'EXPIRED');
create unique index act_digest on ledger.act (digest);
create index act_subject on ledger.act (subject, occurred_at);
create index act_outbox on ledger.act (outbox_order) where state = 'PENDING';
create index act_waiting on ledger.act (expires_at) where state = 'WAITING_SIGNATURE';
create index act_reference on ledger.act (reference) where reference is not null;
create index act_orgs on ledger.act using gin (orgs);
create index act_created on ledger.act (created_at, id);

-- A subject whose act was refused waits for a person; nobody else does.
create table ledger.stopped_subject (
  subject text primary key,
  act_id uuid not null,
  refusal text not null,
  since timestamptz not null
);

-- The local ledger: one operator, no consensus; append-only, hash-chained, its heads signed.
create table ledger.journal (
  position bigint primary key,
  act_id uuid,
  subject text not null,
  document text not null,
  recorded_at timestamptz not null,
  previous_hash text not null,
  hash text not null,
  constraint journal_act unique (act_id)
);
create table ledger.signed_head (
  position bigint primary key,
  hash text not null,
  signed_at timestamptz not null,
  key_id text not null,
  signature text not null
);
-- What the rules know: rebuilt from the journal at any time.
create table ledger.state (
  key text collate "C" primary key,
  value text not null
);
-- Who relays: the epoch is the fencing number that a superseded relay no longer has.
create table ledger.relay_leader (
  one boolean primary key default true check (one),
  epoch bigint not null
);
insert into ledger.relay_leader (epoch) values (0);

alter table ledger.organisation_key enable row level security;
alter table ledger.organisation_key force row level security;
create policy organisation_key_read on ledger.organisation_key for select to yiqi_app, yiqi_auditor using (true);
create policy organisation_key_app on ledger.organisation_key for all to yiqi_app
  using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy organisation_key_worker on ledger.organisation_key for all to yiqi_worker using (true) with check (true);
grant select, insert, update on ledger.organisation_key to yiqi_app, yiqi_worker;
grant select on ledger.organisation_key to yiqi_auditor;

-- Neither the platform's people nor a regulator read another organisation's wrapped key: only the ledger's own work does.
alter table ledger.managed_key enable row level security;
alter table ledger.managed_key force row level security;
create policy managed_key_app on ledger.managed_key for all to yiqi_app
  using (shared.scope() = 'SYSTEM') with check (shared.scope() = 'SYSTEM');
create policy managed_key_worker on ledger.managed_key for all to yiqi_worker using (true) with check (true);
grant select, insert on ledger.managed_key to yiqi_app, yiqi_worker;

alter table ledger.act enable row level security;
alter table ledger.act force row level security;
create policy act_app on ledger.act for all to yiqi_app using (shared.sees_any(orgs)) with check (shared.sees_any(orgs));
create policy act_worker on ledger.act for all to yiqi_worker using (true) with check (true);
create policy act_auditor on ledger.act for select to yiqi_auditor using (true);
grant select, insert, update on ledger.act to yiqi_app, yiqi_worker;
grant select on ledger.act to yiqi_auditor;
grant usage on sequence ledger.act_order to yiqi_app, yiqi_worker;

alter table ledger.stopped_subject enable row level security;
alter table ledger.stopped_subject force row level security;
create policy stopped_subject_app on ledger.stopped_subject for all to yiqi_app
  using (shared.sees_all()) with check (shared.sees_all());
create policy stopped_subject_worker on ledger.stopped_subject for all to yiqi_worker using (true) with check (true);
grant select, delete on ledger.stopped_subject to yiqi_app;
grant select, insert, delete on ledger.stopped_subject to yiqi_worker;

-- The application reads the ledger for those who see all of it and never writes it.
alter table ledger.journal enable row level security;
alter table ledger.journal force row level security;
create policy journal_read on ledger.journal for select to yiqi_app using (shared.sees_all());
create policy journal_worker on ledger.journal for all to yiqi_worker using (true) with check (true);
create policy journal_auditor on ledger.journal for select to yiqi_auditor using (true);
grant select on ledger.journal to yiqi_app, yiqi_auditor;
grant select, insert on ledger.journal to yiqi_worker;
alter table ledger.state enable row level security;
alter table ledger.state force row level security;
create policy state_read on ledger.state for select to yiqi_app using (shared.sees_all());
create policy state_worker on ledger.state for all to yiqi_worker using (true) with check (true);
grant select on ledger.state to yiqi_app;
grant select, insert, update on ledger.state to yiqi_worker;
grant select on ledger.signed_head to yiqi_app, yiqi_auditor;
grant select, insert on ledger.signed_head to yiqi_worker;
grant select, update on ledger.relay_leader to yiqi_worker;
