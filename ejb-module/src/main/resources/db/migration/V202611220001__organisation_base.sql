-- Organisations, the people who act for them, and how they sign in.
create schema organisation;
grant usage on schema organisation to yiqi_app, yiqi_worker, yiqi_auditor;

create table organisation.organisation (
  id uuid primary key,
  version bigint not null default 0,
  kind text not null check (kind in ('HOSPITAL','SUPPLIER','SERVICE','RECYCLER','CARRIER','REGULATOR','PLATFORM')),
  name_zh text not null check (length(name_zh) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  credit_code text not null,
  region_code text not null,
  address text not null default '',
  latitude double precision,
  longitude double precision,
  level text not null default '',
  remit text check (remit in ('HEALTH','MARKET','CYBERSPACE')),
  status text not null default 'DRAFT'
    check (status in ('DRAFT','SUBMITTED','REVIEWING','CORRECTION','APPROVED','EXPIRED','REJECTED','SUSPENDED','REVOKED')),
  created_at timestamptz not null,
  constraint organisation_credit_code unique (credit_code)
);

create table organisation.person (
  id uuid primary key,
  version bigint not null default 0,
  username text not null,
  name text not null,
  email text not null default '',
  phone text not null default '',
  password_hash text not null,
  language text not null default 'zh-CN',
  active boolean not null default true,
  failures int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  constraint person_username unique (username)
);

create table organisation.membership (
  person_id uuid not null references organisation.person(id),
  org_id uuid not null references organisation.organisation(id),
  version bigint not null default 0,
  department text not null default '',
  roles text[] not null,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (person_id, org_id)
);
create index membership_org on organisation.membership (org_id);

create table organisation.access_token (
  id uuid primary key,
  hash bytea not null,
  person_id uuid references organisation.person(id),
  org_id uuid not null references organisation.organisation(id),
  label text not null default '',
  roles text[] not null,
  scopes text[] not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint access_token_hash unique (hash)
);
create index access_token_org on organisation.access_token (org_id, created_at);

create table organisation.login_source (
  source text not null,
  minute timestamptz not null,
  attempts int not null,
  primary key (source, minute)
);

-- Names of organisations are known to all who are signed in: partners must find each other. Signing in itself happens
-- before any context exists, so people, tokens and memberships are guarded by the service; the login uses SYSTEM scope.
alter table organisation.organisation enable row level security;
alter table organisation.organisation force row level security;
create policy organisation_read on organisation.organisation for select to yiqi_app, yiqi_worker, yiqi_auditor using (true);
create policy organisation_new on organisation.organisation for insert to yiqi_app with check (true);
create policy organisation_write on organisation.organisation for update to yiqi_app
  using (shared.sees(id)) with check (shared.sees(id));
create policy organisation_worker on organisation.organisation for all to yiqi_worker using (true) with check (true);
grant select, insert, update on organisation.organisation to yiqi_app, yiqi_worker;
grant select on organisation.organisation to yiqi_auditor;

alter table organisation.membership enable row level security;
alter table organisation.membership force row level security;
create policy membership_app on organisation.membership for all to yiqi_app
  using (shared.sees(org_id)) with check (shared.sees(org_id) or shared.scope() = '');
create policy membership_worker on organisation.membership for all to yiqi_worker using (true) with check (true);
grant select, insert, update on organisation.membership to yiqi_app, yiqi_worker;

alter table organisation.person enable row level security;
alter table organisation.person force row level security;
create policy person_app on organisation.person for all to yiqi_app
  using (shared.sees_all() or exists (select 1 from organisation.membership m where m.person_id = person.id and m.org_id = shared.current_org()))
  with check (true);
create policy person_worker on organisation.person for all to yiqi_worker using (true) with check (true);
grant select, insert, update on organisation.person to yiqi_app, yiqi_worker;

alter table organisation.access_token enable row level security;
alter table organisation.access_token force row level security;
create policy access_token_app on organisation.access_token for all to yiqi_app
  using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy access_token_worker on organisation.access_token for all to yiqi_worker using (true) with check (true);
grant select, insert, update on organisation.access_token to yiqi_app, yiqi_worker;
grant select, insert, update, delete on organisation.login_source to yiqi_app, yiqi_worker;
