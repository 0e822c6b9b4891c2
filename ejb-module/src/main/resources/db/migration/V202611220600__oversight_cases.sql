-- Cases that the watch over the ledger opens and people close.
create schema oversight;
grant usage on schema oversight to yiqi_app, yiqi_worker, yiqi_auditor;

create table oversight.oversight_case (
  id uuid primary key,
  version bigint not null default 0,
  kind text not null check (kind in ('ROW_CHANGED', 'ROW_MISSING', 'ROW_UNKNOWN', 'ACT_REFUSED')),
  table_name text not null,
  row_id text not null,
  column_name text not null default '',
  expected text not null default '',
  found text not null default '',
  subject text not null default '',
  state text not null default 'OPEN' check (state in ('OPEN', 'CLOSED')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  finding text not null default '',
  constraint oversight_case_closed check ((state = 'CLOSED') = (closed_at is not null))
);
-- The same difference is one case, however often it is seen.
create unique index oversight_case_open on oversight.oversight_case (kind, table_name, row_id, column_name) where state = 'OPEN';
create index oversight_case_opened on oversight.oversight_case (opened_at desc, id);
create index oversight_case_subject on oversight.oversight_case (subject);

alter table oversight.oversight_case enable row level security;
alter table oversight.oversight_case force row level security;
create policy oversight_case_app on oversight.oversight_case for all to yiqi_app
  using (shared.sees_all()) with check (shared.sees_all());
create policy oversight_case_worker on oversight.oversight_case for all to yiqi_worker using (true) with check (true);
create policy oversight_case_auditor on oversight.oversight_case for select to yiqi_auditor using (true);
grant select, insert, update on oversight.oversight_case to yiqi_app, yiqi_worker;
grant select on oversight.oversight_case to yiqi_auditor;
