-- Models, units, custody, the calendar of a unit's uses, holds, history, documents and imports.
create schema equipment;
grant usage on schema equipment to yiqi_app, yiqi_worker, yiqi_auditor;

create table equipment.model (
  id uuid primary key,
  version bigint not null default 0,
  issuer text check (issuer in ('GS1','HIBCC','ICCBBA')),
  device_identifier text,
  name_zh text not null default '' check (length(name_zh) <= 300),
  name_en text not null default '' check (length(name_en) <= 300),
  manufacturer text not null check (length(manufacturer) between 1 and 200),
  model_number text not null default '' check (length(model_number) <= 200),
  catalog_number text not null default '' check (length(catalog_number) <= 200),
  category text not null default 'OTHER',
  device_class text not null default '' check (device_class in ('','I','II','III')),
  registration_number text not null default '',
  gmdn_name text not null default '',
  description text not null default '',
  product_codes text[] not null default '{}',
  other_identifiers text[] not null default '{}',
  parameters jsonb not null default '{}',
  life_years int check (life_years between 1 and 60),
  source text not null check (source in ('GUDID','CSV','MANUAL')),
  -- What the last import said, so that the same record again changes nothing.
  fingerprint text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint model_named check (name_zh <> '' or name_en <> ''),
  constraint model_identifier_with_issuer check ((issuer is null) = (device_identifier is null)),
  constraint model_device_identifier unique (issuer, device_identifier)
);
create index model_name_zh on equipment.model (name_zh, id);
create index model_name_en on equipment.model (name_en, id);
create index model_updated on equipment.model (updated_at desc, id desc);
create index model_category on equipment.model (category, name_en, id);
create index model_text on equipment.model using gin (
  (name_zh || ' ' || name_en || ' ' || manufacturer || ' ' || model_number || ' ' || coalesce(device_identifier, '') || ' ' || gmdn_name) gin_trgm_ops);

-- The catalogue is common to all; who may write it is the service's decision, and each write is audited.
grant select, insert, update on equipment.model to yiqi_app, yiqi_worker;
grant select on equipment.model to yiqi_auditor;

create table equipment.unit (
  id uuid primary key,
  version bigint not null default 0,
  model_id uuid not null references equipment.model(id),
  owner_id uuid not null,
  custodian_id uuid not null,
  maintainer_id uuid,
  department text not null default '' check (length(department) <= 100),
  serial text not null default '' check (length(serial) <= 60),
  lot text not null default '' check (length(lot) <= 60),
  udi text not null default '' check (length(udi) <= 400),
  manufactured_on date,
  expires_on date,
  asset_tag text not null check (length(asset_tag) between 1 and 60),
  label_code text not null,
  status text not null default 'REGISTERED' check (status in
    ('REGISTERED','COMMISSIONED','AVAILABLE','RESERVED','IN_USE','MAINTENANCE','QUARANTINED','MISSING','RETIRING','DISPOSED')),
  -- Where the unit goes back to when its last hold is released.
  resume_status text not null default '',
  condition text not null default 'GOOD' check (condition in ('NEW','GOOD','FAIR','POOR','DEFECTIVE')),
  criticality text not null default 'MEDIUM' check (criticality in ('LIFE_SUPPORT','HIGH','MEDIUM','LOW')),
  region_code text not null default '' check (region_code ~ '^([0-9]{6})?$'),
  site text not null default '' check (length(site) <= 200),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  acquired_on date,
  acquisition_cost_minor bigint check (acquisition_cost_minor >= 0),
  currency text not null default 'CNY' check (currency ~ '^[A-Z]{3}$'),
  warranty_until date,
  end_of_support_on date,
  firmware text not null default '' check (length(firmware) <= 60),
  accessories text not null default '' check (length(accessories) <= 500),
  search_text text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint unit_label_code unique (label_code),
  constraint unit_asset_tag unique (owner_id, asset_tag)
);
-- Disposed units keep their serial number for ever: it cannot be registered again.
create unique index unit_serial on equipment.unit (model_id, serial) where serial <> '';
create index unit_owner_tag on equipment.unit (owner_id, asset_tag, id);
create index unit_tag on equipment.unit (asset_tag, id);
create index unit_custodian on equipment.unit (custodian_id, asset_tag, id);
create index unit_maintainer on equipment.unit (maintainer_id) where maintainer_id is not null;
create index unit_updated on equipment.unit (updated_at desc, id desc);
create index unit_status on equipment.unit (status, asset_tag, id);
create index unit_model on equipment.unit (model_id);
create index unit_serial_text on equipment.unit (serial) where serial <> '';

-- Organisations that see a unit for a time without owning or holding it: who applies to rent it, who repairs it.
create table equipment.guest (
  unit_id uuid not null references equipment.unit(id),
  org_id uuid not null,
  reference_id uuid not null,
  shown_by uuid not null,
  since timestamptz not null,
  primary key (org_id, unit_id, reference_id)
);
create index guest_reference on equipment.guest (reference_id);

alter table equipment.guest enable row level security;
alter table equipment.guest force row level security;
-- Scalar subselects are evaluated once a statement, not once a row.
create policy guest_read on equipment.guest for select to yiqi_app
  using (org_id = (select shared.current_org()) or shown_by = (select shared.current_org()) or (select shared.sees_all()));
create policy guest_worker on equipment.guest for all to yiqi_worker using (true) with check (true);
grant select, insert, delete on equipment.guest to yiqi_app;
grant select, insert, delete on equipment.guest to yiqi_worker;

alter table equipment.unit enable row level security;
alter table equipment.unit force row level security;
create policy unit_read on equipment.unit for select to yiqi_app using (
  owner_id = (select shared.current_org()) or custodian_id = (select shared.current_org())
  or maintainer_id = (select shared.current_org()) or (select shared.sees_all())
  or id in (select g.unit_id from equipment.guest g where g.org_id = (select shared.current_org())));
create policy unit_insert on equipment.unit for insert to yiqi_app with check (shared.sees(owner_id));
create policy unit_update on equipment.unit for update to yiqi_app using (
  owner_id = (select shared.current_org()) or custodian_id = (select shared.current_org())
  or maintainer_id = (select shared.current_org()) or (select shared.sees_all())
  or id in (select g.unit_id from equipment.guest g where g.org_id = (select shared.current_org()))) with check (true);
create policy unit_worker on equipment.unit for all to yiqi_worker using (true) with check (true);
create policy unit_auditor on equipment.unit for select to yiqi_auditor using (true);
create policy unit_owner_role on equipment.unit for all to yiqi_owner using (true) with check (true);
grant select, insert on equipment.unit to yiqi_app, yiqi_worker;
grant select on equipment.unit to yiqi_auditor;
-- Owner, custodian, model and label are not among them: the custodian follows the custody table alone.
grant update (version, maintainer_id, department, serial, lot, udi, manufactured_on, expires_on, asset_tag, status, resume_status,
  condition, criticality, region_code, site, latitude, longitude, acquired_on, acquisition_cost_minor, currency, warranty_until,
  end_of_support_on, firmware, accessories, search_text, updated_at) on equipment.unit to yiqi_app, yiqi_worker;

-- Who held a unit from when to when: exactly one at any moment, and each row stands on an act.
create table equipment.custody (
  id uuid primary key,
  unit_id uuid not null references equipment.unit(id),
  org_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  act_id uuid not null,
  during tstzrange generated always as (tstzrange(from_at, to_at, '[)')) stored,
  constraint custody_ends_after_it_begins check (to_at is null or to_at > from_at),
  constraint custody_one_at_a_time exclude using gist (unit_id with =, during with &&)
);
create unique index custody_one_open on equipment.custody (unit_id) where to_at is null;
create index custody_unit on equipment.custody (unit_id, from_at);
create unique index custody_act on equipment.custody (act_id);

create function equipment.custodian_follows_custody() returns trigger language plpgsql security definer
  set search_path = equipment, pg_temp as $$
begin
  update equipment.unit set custodian_id = new.org_id, version = version + 1, updated_at = greatest(updated_at, new.from_at)
  where id = new.unit_id and custodian_id <> new.org_id;
  return null;
end $$;
create trigger custody_moves_unit after insert on equipment.custody for each row when (new.to_at is null)
  execute function equipment.custodian_follows_custody();

alter table equipment.custody enable row level security;
alter table equipment.custody force row level security;
create policy custody_app on equipment.custody for all to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all())
         or exists (select 1 from equipment.unit u where u.id = unit_id)) with check (true);
create policy custody_worker on equipment.custody for all to yiqi_worker using (true) with check (true);
create policy custody_auditor on equipment.custody for select to yiqi_auditor using (true);
grant select, insert on equipment.custody to yiqi_app, yiqi_worker;
grant update (to_at) on equipment.custody to yiqi_app, yiqi_worker;
grant select on equipment.custody to yiqi_auditor;

-- One calendar for every use of a unit. Whatever takes its time stands here, so nothing can take the same hour twice.
create table equipment.slot (
  id uuid primary key,
  unit_id uuid not null references equipment.unit(id),
  from_at timestamptz not null,
  to_at timestamptz not null,
  during tstzrange generated always as (tstzrange(from_at, to_at, '[)')) stored,
  use text not null check (use in ('RENTAL','CLINICAL','MAINTENANCE','TRANSPORT','RECALL','DISPOSAL')),
  state text not null check (state in ('HELD','TENTATIVE','BOOKED','CONSUMED','RELEASED')),
  reference_id uuid not null,
  org_id uuid not null,
  note text not null default '' check (length(note) <= 300),
  expires_at timestamptz,
  created_at timestamptz not null,
  constraint slot_ends_after_it_begins check (to_at > from_at),
  constraint slot_no_overlap exclude using gist (unit_id with =, during with &&) where (state <> 'RELEASED')
);
create index slot_unit on equipment.slot (unit_id, from_at);
create index slot_reference on equipment.slot (reference_id);
create index slot_expiring on equipment.slot (expires_at) where state in ('HELD','TENTATIVE') and expires_at is not null;

alter table equipment.slot enable row level security;
alter table equipment.slot force row level security;
create policy slot_read on equipment.slot for select to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all())
         or exists (select 1 from equipment.unit u where u.id = unit_id));
create policy slot_insert on equipment.slot for insert to yiqi_app with check (shared.sees(org_id));
create policy slot_update on equipment.slot for update to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all())
         or exists (select 1 from equipment.unit u where u.id = unit_id)) with check (true);
create policy slot_worker on equipment.slot for all to yiqi_worker using (true) with check (true);
create policy slot_auditor on equipment.slot for select to yiqi_auditor using (true);
create policy slot_owner_role on equipment.slot for all to yiqi_owner using (true) with check (true);
grant select, insert, update on equipment.slot to yiqi_app, yiqi_worker;
grant select on equipment.slot to yiqi_auditor;

-- When a unit is taken, for anyone who wants to book it: times only, whoever took them.
create function equipment.busy(unit uuid, since timestamptz, until timestamptz, now timestamptz)
  returns table (from_at timestamptz, to_at timestamptz) language sql stable security definer set search_path = equipment, pg_temp as $$
  select s.from_at, s.to_at from equipment.slot s
  where s.unit_id = unit and s.state <> 'RELEASED' and s.during && tstzrange(since, until)
    and not (s.state in ('HELD','TENTATIVE') and coalesce(s.expires_at <= now, false))
  order by s.from_at $$;
revoke all on function equipment.busy from public;
grant execute on function equipment.busy to yiqi_app, yiqi_worker;

-- What a booking must know of a unit that the one who books may not see.
create function equipment.brief(unit uuid) returns table (owner_id uuid, custodian_id uuid, status text)
  language sql stable security definer set search_path = equipment, pg_temp as
$$ select u.owner_id, u.custodian_id, u.status from equipment.unit u where u.id = unit $$;
revoke all on function equipment.brief from public;
grant execute on function equipment.brief to yiqi_app, yiqi_worker;

-- Whoever owns or holds a unit may show it to another organisation, and end that. (Asking the unit's table here would ask
-- its policy, which asks this table again.)
create policy guest_insert on equipment.guest for insert to yiqi_app with check ((select shared.sees_all()) or exists
  (select 1 from equipment.brief(unit_id) b where shared.current_org() in (b.owner_id, b.custodian_id)));
create policy guest_delete on equipment.guest for delete to yiqi_app using ((select shared.sees_all()) or exists
  (select 1 from equipment.brief(unit_id) b where shared.current_org() in (b.owner_id, b.custodian_id)));

-- A place that nobody confirmed in time is free again; it need not wait for a timer.
create function equipment.release_expired(unit uuid, since timestamptz, until timestamptz, now timestamptz)
  returns int language plpgsql security definer set search_path = equipment, pg_temp as $$
declare n int;
begin
  update equipment.slot s set state = 'RELEASED'
  where s.unit_id = unit and s.state in ('HELD','TENTATIVE') and s.expires_at <= now and s.during && tstzrange(since, until);
  get diagnostics n = row_count;
  return n;
end $$;
revoke all on function equipment.release_expired from public;
grant execute on function equipment.release_expired to yiqi_app, yiqi_worker;

-- What stops a unit from being used; several may stand at once.
create table equipment.hold (
  id uuid primary key,
  unit_id uuid not null references equipment.unit(id),
  kind text not null check (kind in ('QUARANTINE','MAINTENANCE')),
  reason text not null check (length(reason) between 1 and 300),
  reference_id uuid not null,
  placed_at timestamptz not null,
  released_at timestamptz
);
create unique index hold_one_open on equipment.hold (unit_id, reference_id) where released_at is null;

create table equipment.history (
  id bigint generated always as identity primary key,
  unit_id uuid not null references equipment.unit(id),
  at timestamptz not null,
  kind text not null,
  org_id uuid,
  person_id uuid,
  reference_id uuid,
  details jsonb not null default '{}'
);
create index history_unit on equipment.history (unit_id, at desc, id desc);

create table equipment.document (
  id uuid primary key,
  unit_id uuid references equipment.unit(id),
  model_id uuid references equipment.model(id),
  kind text not null check (kind in ('PHOTO','MANUAL','CERTIFICATE','REPORT','OTHER')),
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size bigint not null check (size > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  org_id uuid not null,
  person_id uuid,
  created_at timestamptz not null,
  removed_at timestamptz,
  constraint document_of_one_thing check ((unit_id is null) <> (model_id is null))
);
create index document_unit on equipment.document (unit_id, created_at);
create index document_model on equipment.document (model_id, created_at);

do $$
declare t text;
begin
  foreach t in array array['hold','history'] loop
    execute format('alter table equipment.%I enable row level security', t);
    execute format('alter table equipment.%I force row level security', t);
    execute format('create policy %I on equipment.%I for all to yiqi_app using (exists (select 1 from equipment.unit u where u.id = unit_id)) with check (true)', t || '_app', t);
    execute format('create policy %I on equipment.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on equipment.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select on equipment.%I to yiqi_auditor', t);
  end loop;
end $$;
grant select, insert on equipment.history, equipment.hold to yiqi_app, yiqi_worker;
grant update (released_at) on equipment.hold to yiqi_app, yiqi_worker;

alter table equipment.document enable row level security;
alter table equipment.document force row level security;
create policy document_app on equipment.document for all to yiqi_app
  using (model_id is not null or exists (select 1 from equipment.unit u where u.id = unit_id)) with check (shared.sees(org_id));
create policy document_worker on equipment.document for all to yiqi_worker using (true) with check (true);
grant select, insert on equipment.document to yiqi_app, yiqi_worker;
grant update (removed_at) on equipment.document to yiqi_app, yiqi_worker;

create table equipment.import (
  id uuid primary key,
  kind text not null check (kind in ('MODELS_GUDID','MODELS_CSV','UNITS')),
  state text not null check (state in ('QUEUED','RUNNING','DONE','FAILED','INTERRUPTED')),
  org_id uuid not null,
  person_id uuid not null,
  file_name text not null check (length(file_name) <= 200),
  total_bytes bigint not null,
  read_bytes bigint not null default 0,
  rows_read int not null default 0,
  rows_created int not null default 0,
  rows_updated int not null default 0,
  rows_unchanged int not null default 0,
  rows_refused int not null default 0,
  message text not null default '',
  created_at timestamptz not null,
  finished_at timestamptz
);
create index import_org on equipment.import (org_id, created_at desc);
create table equipment.import_error (
  import_id uuid not null references equipment.import(id),
  line int not null,
  key text not null,
  code text not null,
  message text not null
);
create index import_error_import on equipment.import_error (import_id, line);

alter table equipment.import enable row level security;
alter table equipment.import force row level security;
create policy import_app on equipment.import for all to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy import_worker on equipment.import for all to yiqi_worker using (true) with check (true);
grant select, insert, update on equipment.import to yiqi_app, yiqi_worker;
alter table equipment.import_error enable row level security;
alter table equipment.import_error force row level security;
create policy import_error_app on equipment.import_error for all to yiqi_app
  using (exists (select 1 from equipment.import i where i.id = import_id)) with check (true);
create policy import_error_worker on equipment.import_error for all to yiqi_worker using (true) with check (true);
grant select, insert on equipment.import_error to yiqi_app, yiqi_worker;
