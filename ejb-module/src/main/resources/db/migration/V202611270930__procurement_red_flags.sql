-- Leads from open data: what an indicator says of a process or an organisation, and who found that it is nothing.
create table procurement.red_flag (
  id uuid primary key,
  version bigint not null default 0,
  indicator text not null check (indicator ~ '^R[0-9]{3}$'),
  subject_group text not null check (subject_group in ('OCID', 'BUYER', 'PROCURING_ENTITY', 'TENDERER')),
  subject text not null check (length(subject) between 1 and 400),
  ocid text,
  value double precision not null,
  facts jsonb not null,
  state text not null check (state in ('OPEN', 'DISMISSED', 'GONE')),
  buyer_org uuid,
  found_at timestamptz not null,
  changed_at timestamptz not null,
  constraint red_flag_once unique nulls not distinct (indicator, subject_group, subject, ocid)
);
create index red_flag_newest on procurement.red_flag (found_at desc, id desc);
create index red_flag_open on procurement.red_flag (state, found_at desc, id desc);
create index red_flag_buyer on procurement.red_flag (buyer_org, found_at desc) where buyer_org is not null;

-- Never changed: a flag that was dismissed twice has two of these.
create table procurement.red_flag_dismissal (
  id uuid primary key,
  flag_id uuid not null references procurement.red_flag(id),
  person_id uuid not null,
  org_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  at timestamptz not null
);
create index red_flag_dismissal_flag on procurement.red_flag_dismissal (flag_id, at);

-- How far the open data was looked at.
create table procurement.red_flag_run (
  only_one boolean primary key default true check (only_one),
  position bigint not null,
  processes int not null,
  at timestamptz not null
);

do $$ declare t text; begin
  foreach t in array array['red_flag', 'red_flag_dismissal', 'red_flag_run'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
end $$;
grant select, insert, update on procurement.red_flag, procurement.red_flag_run to yiqi_app, yiqi_worker;
grant select, insert on procurement.red_flag_dismissal to yiqi_app, yiqi_worker;
-- A buyer sees what is said of its own processes; bidders never do.
create policy red_flag_read on procurement.red_flag for select to yiqi_app
  using (buyer_org = (select shared.current_org()) or (select shared.sees_all()));
create policy red_flag_new on procurement.red_flag for insert to yiqi_app with check ((select shared.sees_all()));
create policy red_flag_change on procurement.red_flag for update to yiqi_app
  using ((select shared.sees_all())) with check ((select shared.sees_all()));
create policy red_flag_dismissal_read on procurement.red_flag_dismissal for select to yiqi_app using (exists
  (select 1 from procurement.red_flag f where f.id = flag_id));
create policy red_flag_dismissal_new on procurement.red_flag_dismissal for insert to yiqi_app with check ((select shared.sees_all()));
create policy red_flag_run_app on procurement.red_flag_run for all to yiqi_app
  using ((select shared.sees_all())) with check ((select shared.sees_all()));
