-- Who maintains and who insures a unit from when to when, by a contract or a policy that its owner puts on record: one of each
-- kind at any moment.
create table oversight.cover (
  id uuid primary key,
  unit_id uuid not null,
  owner_id uuid not null,
  kind text not null check (kind in ('MAINTENANCE', 'INSURANCE')),
  -- Absent for one that is not on the platform, as most insurers.
  provider_id uuid,
  provider_name text not null default '' check (length(provider_name) <= 200),
  number text not null check (length(number) between 1 and 100),
  from_at timestamptz not null,
  until_at timestamptz not null,
  during tstzrange generated always as (tstzrange(from_at, until_at, '[)')) stored,
  document_sha256 text not null default '' check (document_sha256 ~ '^([0-9a-f]{64})?$'),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  constraint cover_names_a_provider check ((provider_id is null) = (provider_name <> '')),
  -- One that is ended before it began covers nothing.
  constraint cover_period check (until_at >= from_at),
  constraint cover_one_at_a_time exclude using gist (unit_id with =, kind with =, during with &&)
);
alter table oversight.cover enable row level security;
alter table oversight.cover force row level security;
create policy cover_read on oversight.cover for select to yiqi_app using (owner_id = (select shared.current_org())
  or provider_id = (select shared.current_org()) or (select shared.sees_all()));
create policy cover_insert on oversight.cover for insert to yiqi_app with check (owner_id = (select shared.current_org()));
create policy cover_end on oversight.cover for update to yiqi_app using (owner_id = (select shared.current_org()));
create policy cover_worker on oversight.cover for all to yiqi_worker using (true) with check (true);
create policy cover_auditor on oversight.cover for select to yiqi_auditor using (true);
grant select, insert on oversight.cover to yiqi_app, yiqi_worker;
grant update (until_at, ended_by, ended_at) on oversight.cover to yiqi_app, yiqi_worker;
grant select on oversight.cover to yiqi_auditor;
