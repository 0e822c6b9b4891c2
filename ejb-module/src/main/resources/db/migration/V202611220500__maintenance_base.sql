-- Work orders and what belongs to them, preventive plans, stations and spare parts.
create schema maintenance;
grant usage on schema maintenance to yiqi_app, yiqi_worker, yiqi_auditor;

create sequence maintenance.work_order_counter;
grant usage on sequence maintenance.work_order_counter to yiqi_app, yiqi_worker;

-- The unit's names stand here too: a service organisation sees its orders and not the unit's own row.
create table maintenance.work_order (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  kind text not null check (kind in ('CORRECTIVE','PREVENTIVE','FOLLOW_UP')),
  source text not null check (source in ('ALERT','PERSON','PUBLIC','PLAN','FAILED_CHECK')),
  cause text not null,
  unit_id uuid not null,
  model_name text not null,
  asset_tag text not null,
  serial_number text not null,
  place text not null,
  region_code text not null,
  owner_org uuid not null,
  custodian_org uuid not null,
  requester_org uuid,
  requester_id uuid,
  service_org uuid,
  parent_id uuid references maintenance.work_order(id),
  plan_id uuid,
  episode_id uuid,
  symptom text not null,
  description text not null check (length(description) <= 4000),
  safety boolean not null,
  severity text not null,
  risk int not null check (risk between 0 and 5),
  downtime int not null check (downtime between 0 and 5),
  priority_reasons text not null default '',
  state text not null check (state in ('REQUESTED','TRIAGED','DISPATCHED','ACCEPTED','EN_ROUTE','IN_PROGRESS',
    'WAITING_PARTS','WAITING_SITE','REPAIRED','VERIFIED','RELEASED','CLOSED','CANCELLED')),
  since timestamptz not null,
  requested_at timestamptz not null,
  down_since timestamptz,
  dispatched_at timestamptz,
  accept_by timestamptz,
  accepted_at timestamptz,
  started_at timestamptz,
  repaired_at timestamptz,
  verified_at timestamptz,
  released_at timestamptz,
  closed_at timestamptz,
  arrive_by timestamptz,
  fix_by timestamptz,
  paused_since timestamptz,
  paused_seconds bigint not null default 0,
  purchase_order text not null default '',
  slot_from timestamptz,
  slot_to timestamptz,
  technician_id uuid,
  workers text not null default '',
  diagnosis text not null default '',
  work_done text not null default '',
  labour_minutes int not null default 0 check (labour_minutes >= 0),
  labour_minor bigint not null default 0 check (labour_minor >= 0),
  parts_minor bigint not null default 0 check (parts_minor >= 0),
  currency text not null default 'CNY',
  round int not null default 0,
  failing text not null default '',
  verified_by uuid,
  quarantined boolean not null default false,
  hold_act uuid,
  release_act uuid,
  rating int check (rating between 1 and 5),
  rating_comment text not null default '',
  parties uuid[] not null generated always as
    (array_remove(array[owner_org, custodian_org, requester_org, service_org], null)) stored,
  constraint work_order_number unique (number)
);
-- One open order per unit and cause, whatever comes twice or at the same moment.
create unique index work_order_open_cause on maintenance.work_order (unit_id, cause)
  where state not in ('RELEASED','CLOSED','CANCELLED');
create index work_order_parties on maintenance.work_order using gin (parties);
create index work_order_unit on maintenance.work_order (unit_id, requested_at);
create index work_order_state on maintenance.work_order (state, accept_by);
create index work_order_requested on maintenance.work_order (requested_at desc, id);
alter table maintenance.work_order enable row level security;
alter table maintenance.work_order force row level security;
create policy work_order_read on maintenance.work_order for select to yiqi_app using (shared.sees_any(parties));
create policy work_order_new on maintenance.work_order for insert to yiqi_app with check (shared.sees_any(parties));
-- Passing an order on to the next service organisation takes it out of the writer's own sight.
create policy work_order_change on maintenance.work_order for update to yiqi_app
  using (shared.sees_any(parties)) with check (true);
create policy work_order_worker on maintenance.work_order for all to yiqi_worker using (true) with check (true);
create policy work_order_audit on maintenance.work_order for select to yiqi_auditor using (true);
grant select, insert, update on maintenance.work_order to yiqi_app, yiqi_worker;
grant select on maintenance.work_order to yiqi_auditor;

-- An episode belongs to one order for ever, so a redelivered alert opens nothing.
create table maintenance.work_order_episode (
  episode_id uuid primary key,
  work_order_id uuid not null references maintenance.work_order(id),
  at timestamptz not null
);
create index work_order_episode_order on maintenance.work_order_episode (work_order_id);

create table maintenance.offer (
  id uuid primary key,
  work_order_id uuid not null references maintenance.work_order(id),
  org_id uuid not null,
  offered_at timestamptz not null,
  answer_by timestamptz not null,
  answer text check (answer in ('ACCEPTED','DECLINED','LAPSED')),
  answered_at timestamptz,
  reason text not null default ''
);
create index offer_order on maintenance.offer (work_order_id, offered_at);

create table maintenance.step (
  id uuid primary key,
  work_order_id uuid not null references maintenance.work_order(id),
  at timestamptz not null,
  act text not null,
  from_state text,
  to_state text not null,
  org_id uuid,
  person_id uuid,
  person_name text not null default '',
  reason text not null default ''
);
create index step_order on maintenance.step (work_order_id, at, id);

create table maintenance.test_line (
  id uuid primary key,
  work_order_id uuid not null references maintenance.work_order(id),
  round int not null,
  position int not null,
  code text not null,
  label text not null,
  measured numeric,
  unit text not null,
  low numeric,
  high numeric,
  passed boolean not null,
  constraint test_line_position unique (work_order_id, round, position)
);

create table maintenance.attachment (
  id uuid primary key,
  work_order_id uuid not null references maintenance.work_order(id),
  at timestamptz not null,
  person_id uuid,
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('image/jpeg','image/png','application/pdf')),
  size int not null check (size between 1 and 8388608),
  sha256 bytea not null,
  content bytea not null
);
create index attachment_order on maintenance.attachment (work_order_id, at);

create table maintenance.station (
  id uuid primary key,
  version bigint not null default 0,
  org_id uuid not null,
  name_zh text not null check (length(name_zh) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  region_code text not null,
  address text not null default '',
  headquarters boolean not null default false,
  active boolean not null default true
);
create index station_org on maintenance.station (org_id);

create table maintenance.part (
  id uuid primary key,
  version bigint not null default 0,
  org_id uuid not null,
  number text not null check (length(number) between 1 and 100),
  name_zh text not null check (length(name_zh) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  fits text not null default '',
  serialised boolean not null default false,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null default 'CNY',
  constraint part_number unique (org_id, number)
);

create table maintenance.stock (
  part_id uuid not null references maintenance.part(id),
  station_id uuid not null references maintenance.station(id),
  on_hand int not null default 0,
  reserved int not null default 0,
  minimum int not null default 0,
  primary key (part_id, station_id),
  constraint stock_not_negative check (on_hand >= 0 and reserved >= 0),
  constraint stock_reserved check (reserved <= on_hand)
);

create table maintenance.part_use (
  id uuid primary key,
  work_order_id uuid not null references maintenance.work_order(id),
  part_id uuid references maintenance.part(id),
  station_id uuid references maintenance.station(id),
  unit_id uuid not null,
  number text not null,
  name_zh text not null,
  name_en text not null,
  quantity int not null check (quantity > 0),
  serial_number text not null default '',
  udi text not null default '',
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  currency text not null default 'CNY',
  state text not null check (state in ('RESERVED','FITTED','RETURNED')),
  at timestamptz not null
);
create index part_use_order on maintenance.part_use (work_order_id);
create index part_use_serial on maintenance.part_use (serial_number) where serial_number <> '';

create table maintenance.plan (
  id uuid primary key,
  version bigint not null default 0,
  unit_id uuid not null,
  model_name text not null,
  asset_tag text not null,
  owner_org uuid not null,
  custodian_org uuid not null,
  service_org uuid,
  title text not null check (length(title) between 1 and 200),
  tasks text not null default '' check (length(tasks) <= 4000),
  interval_months int not null check (interval_months between 1 and 120),
  tolerance_days int not null check (tolerance_days between 0 and 180),
  duration_minutes int not null check (duration_minutes between 15 and 10080),
  lead_days int not null default 14 check (lead_days between 1 and 180),
  last_done date,
  next_due date not null,
  active boolean not null default true,
  open_order uuid,
  parties uuid[] not null generated always as
    (array_remove(array[owner_org, custodian_org, service_org], null)) stored
);
create unique index plan_title on maintenance.plan (unit_id, title) where active;
create index plan_due on maintenance.plan (next_due) where active;
create index plan_unit on maintenance.plan (unit_id);


-- How often one source reported without a login; nothing else about it is kept, and old rows go.
create table maintenance.report_source (
  source bytea not null,
  hour timestamptz not null,
  reports int not null,
  primary key (source, hour)
);
grant select, insert, update, delete on maintenance.report_source to yiqi_app, yiqi_worker;

do $$
declare t text;
begin
  -- What belongs to an order is seen by who sees the order; it is only ever added to.
  foreach t in array array['work_order_episode', 'offer', 'step', 'test_line', 'attachment', 'part_use'] loop
    execute format('alter table maintenance.%I enable row level security', t);
    execute format('alter table maintenance.%I force row level security', t);
    execute format('create policy %I on maintenance.%I for select to yiqi_app using
      (exists (select 1 from maintenance.work_order w where w.id = work_order_id))', t || '_read', t);
    execute format('create policy %I on maintenance.%I for insert to yiqi_app with check
      (shared.scope() <> '''')', t || '_new', t);
    execute format('create policy %I on maintenance.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on maintenance.%I for select to yiqi_auditor using (true)', t || '_audit', t);
    execute format('grant select, insert on maintenance.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on maintenance.%I to yiqi_auditor', t);
  end loop;
  -- An offer is answered, a reserved part is fitted or goes back.
  foreach t in array array['offer', 'part_use'] loop
    execute format('create policy %I on maintenance.%I for update to yiqi_app using
      (exists (select 1 from maintenance.work_order w where w.id = work_order_id)) with check (true)', t || '_change', t);
    execute format('grant update on maintenance.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['plan'] loop
    execute format('alter table maintenance.%I enable row level security', t);
    execute format('alter table maintenance.%I force row level security', t);
    execute format('create policy %I on maintenance.%I for all to yiqi_app using (shared.sees_any(parties))
      with check (shared.sees_any(parties))', t || '_app', t);
    execute format('create policy %I on maintenance.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('grant select, insert, update on maintenance.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['station', 'part'] loop
    execute format('alter table maintenance.%I enable row level security', t);
    execute format('alter table maintenance.%I force row level security', t);
    execute format('create policy %I on maintenance.%I for all to yiqi_app using (shared.sees(org_id))
      with check (shared.sees(org_id))', t || '_app', t);
    execute format('create policy %I on maintenance.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('grant select, insert, update on maintenance.%I to yiqi_app, yiqi_worker', t);
  end loop;
  alter table maintenance.stock enable row level security;
  alter table maintenance.stock force row level security;
  create policy stock_app on maintenance.stock for all to yiqi_app
    using (exists (select 1 from maintenance.station s where s.id = station_id))
    with check (exists (select 1 from maintenance.station s where s.id = station_id));
  create policy stock_worker on maintenance.stock for all to yiqi_worker using (true) with check (true);
  grant select, insert, update on maintenance.stock to yiqi_app, yiqi_worker;
end $$;
