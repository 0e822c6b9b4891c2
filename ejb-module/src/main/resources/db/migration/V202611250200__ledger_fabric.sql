-- The ledger of a consortium: how far this database has read its blocks, and what was sent to it.
alter table ledger.journal
  add column block bigint,
  add column transaction_index integer,
  add column transaction_id text,
  add constraint journal_place check ((block is null) = (transaction_id is null) and (block is null) = (transaction_index is null));
alter table ledger.act
  add column block bigint,
  add column transaction_id text;

-- One row when the acts of this database are on a channel; it moves in the transaction of what was read.
create table ledger.checkpoint (
  one boolean primary key default true check (one),
  channel text not null,
  contract text not null,
  next_block bigint not null,
  block_hash text not null,
  read_at timestamptz not null
);

-- A transaction is kept, signed, before it is sent: whoever leads next can send the same one again.
create table ledger.submission (
  transaction_id text primary key,
  contract_function text not null check (contract_function in ('found', 'record')),
  acts uuid[] not null,
  endorsers text[] not null,
  content bytea,
  prepared_at timestamptz not null,
  sent_at timestamptz,
  sends integer not null default 0,
  code text,
  block bigint,
  settled_at timestamptz,
  constraint submission_settled check ((settled_at is null) = (code is null) and (settled_at is null) = (content is not null))
);
create index submission_open on ledger.submission (prepared_at) where settled_at is null;

-- Why acts wait, for those who look; empty while all is well.
alter table ledger.relay_leader
  add column problem text,
  add column problem_since timestamptz,
  add column attempts integer not null default 0,
  add column retry_at timestamptz;

alter table ledger.checkpoint enable row level security;
alter table ledger.checkpoint force row level security;
create policy checkpoint_read on ledger.checkpoint for select to yiqi_app using (shared.sees_all());
create policy checkpoint_worker on ledger.checkpoint for all to yiqi_worker using (true) with check (true);
create policy checkpoint_auditor on ledger.checkpoint for select to yiqi_auditor using (true);
grant select on ledger.checkpoint to yiqi_app, yiqi_auditor;
grant select, insert, update on ledger.checkpoint to yiqi_worker;

alter table ledger.submission enable row level security;
alter table ledger.submission force row level security;
create policy submission_read on ledger.submission for select to yiqi_app using (shared.sees_all());
create policy submission_worker on ledger.submission for all to yiqi_worker using (true) with check (true);
create policy submission_auditor on ledger.submission for select to yiqi_auditor using (true);
grant select on ledger.submission to yiqi_app, yiqi_auditor;
grant select, insert, update on ledger.submission to yiqi_worker;
grant select on ledger.relay_leader to yiqi_app;
