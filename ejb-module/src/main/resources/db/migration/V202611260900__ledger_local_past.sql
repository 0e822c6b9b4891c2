-- A local ledger that grew up: its journal and its heads as they were when its acts began to go to a channel.
create table ledger.local_journal (
  position bigint primary key,
  act_id uuid unique,
  subject text not null,
  document text not null,
  recorded_at timestamptz not null,
  previous_hash text not null,
  hash text not null
);
create table ledger.local_head (
  position bigint primary key,
  hash text not null,
  signed_at timestamptz not null,
  key_id text not null,
  signature text not null
);
create table ledger.local_past (
  one boolean primary key default true check (one),
  hash text not null,
  acts bigint not null,
  moved_at timestamptz not null
);

-- Nobody but the owner of the schema adds to them, and only once; nobody changes them.
alter table ledger.local_journal enable row level security;
create policy local_journal_read on ledger.local_journal for select to yiqi_app using (shared.sees_all());
create policy local_journal_others on ledger.local_journal for select to yiqi_worker, yiqi_auditor using (true);
grant select on ledger.local_journal, ledger.local_head, ledger.local_past to yiqi_app, yiqi_worker, yiqi_auditor;
create function ledger.refuse() returns trigger language plpgsql as
$$ begin raise exception 'what a local ledger was stays as it is' using errcode = 'insufficient_privilege'; end $$;
create trigger local_journal_append_only before update or delete or truncate on ledger.local_journal execute function ledger.refuse();
create trigger local_head_append_only before update or delete or truncate on ledger.local_head execute function ledger.refuse();
create trigger local_past_append_only before update or delete or truncate on ledger.local_past execute function ledger.refuse();
