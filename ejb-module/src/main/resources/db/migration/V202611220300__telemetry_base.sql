-- Device credentials, readings with roll-ups, what is known of a device now, rules, alert episodes, dead letters, webhooks.
create schema telemetry;
grant usage on schema telemetry to yiqi_app, yiqi_worker, yiqi_auditor, yiqi_broker;

-- What a device may report. The unit (UCUM) belongs to the metric, so a reading is a bare number.
create table telemetry.metric (
  id smallint primary key,
  name text not null,
  name_zh text not null,
  name_en text not null,
  unit text not null,
  decimals smallint not null default 1,
  constraint metric_name unique (name)
);
insert into telemetry.metric (id, name, name_zh, name_en, unit, decimals) values
  (1, 'coolingTemperature', '冷却水温度', 'Cooling temperature', 'Cel', 1),
  (2, 'heliumLevel', '液氦液位', 'Helium level', '%', 1),
  (3, 'tubeTemperature', '球管温度', 'Tube temperature', 'Cel', 1),
  (4, 'gantrySpeed', '机架转速', 'Gantry speed', '{rev}/min', 0),
  (5, 'detectorState', '探测器状态', 'Detector state', '1', 0),
  (6, 'airwayPressure', '气道压力', 'Airway pressure', 'cm[H2O]', 1),
  (7, 'oxygenConcentration', '氧浓度', 'Oxygen concentration', '%', 1),
  (8, 'tidalVolume', '潮气量', 'Tidal volume', 'mL', 0),
  (9, 'flowRate', '输注速度', 'Flow rate', 'mL/h', 1),
  (10, 'occlusionPressure', '阻塞压力', 'Occlusion pressure', 'kPa', 1),
  (11, 'batteryLevel', '电池电量', 'Battery level', '%', 0),
  (12, 'probeTemperature', '探头温度', 'Probe temperature', 'Cel', 1),
  (13, 'powerConsumption', '功率', 'Power consumption', 'W', 0),
  (14, 'operatingHours', '运行时间', 'Operating hours', 'h', 1),
  (15, 'useCount', '使用次数', 'Use count', '{use}', 0),
  (16, 'vibration', '振动', 'Vibration', 'mm/s', 2),
  (17, 'roomTemperature', '机房温度', 'Room temperature', 'Cel', 1),
  (18, 'roomHumidity', '机房湿度', 'Room humidity', '%', 1),
  (19, 'tubeCurrent', '球管电流', 'Tube current', 'mA', 0),
  (20, 'leakageCurrent', '漏电流', 'Leakage current', 'uA', 1);
grant select on telemetry.metric to yiqi_app, yiqi_worker, yiqi_auditor;

-- The device id is the unit's id. Only the keyed hash of the secret is kept; the secret is shown once.
create table telemetry.device_credential (
  device_id uuid primary key,
  version bigint not null default 0,
  hash bytea not null,
  issued_at timestamptz not null,
  issued_by uuid,
  expires_at timestamptz,
  revoked_at timestamptz
);
alter table telemetry.device_credential enable row level security;
alter table telemetry.device_credential force row level security;
create policy device_credential_app on telemetry.device_credential for all to yiqi_app
  using (exists (select 1 from equipment.unit u where u.id = device_id))
  with check (exists (select 1 from equipment.unit u where u.id = device_id));
create policy device_credential_worker on telemetry.device_credential for all to yiqi_worker using (true) with check (true);
create policy device_credential_broker on telemetry.device_credential for select to yiqi_broker using (true);
grant select, insert, update on telemetry.device_credential to yiqi_app, yiqi_worker;
grant select on telemetry.device_credential to yiqi_broker;

-- The broker listens, so that a revoked device is cut off at once.
create function telemetry.announce_credential() returns trigger language plpgsql as $$
begin
  perform pg_notify('yiqi_device_credential', new.device_id::text);
  return null;
end $$;
create trigger device_credential_changed after insert or update on telemetry.device_credential
  for each row execute function telemetry.announce_credential();

-- Readings never change: a repeat of (device, metric, at) is the same reading again.
create table telemetry.reading (
  device_id uuid not null,
  metric_id smallint not null,
  at timestamptz not null,
  value double precision not null,
  constraint reading_pk primary key (device_id, metric_id, at)
) partition by range (at);

create table telemetry.retention (
  kind text primary key check (kind in ('READING','MINUTE','HOUR')),
  days int not null check (days between 1 and 36500)
);
insert into telemetry.retention values ('READING', 90), ('MINUTE', 400), ('HOUR', 3650);
grant select, update on telemetry.retention to yiqi_app, yiqi_worker;

-- A day is a partition. Attaching locks out nobody; the workers call it before they write into a new day.
create function telemetry.ensure_day(day date) returns void language plpgsql security definer
  set search_path = telemetry, pg_temp as $$
declare part text := 'reading_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass('telemetry.' || part) is not null then
    return;
  end if;
  -- Locking a table, unlike an advisory lock, also makes what others created meanwhile visible here.
  lock table telemetry.retention in exclusive mode;
  if to_regclass('telemetry.' || part) is null then
    execute format('create table telemetry.%I (like telemetry.reading including defaults including constraints)', part);
    execute format('alter table telemetry.reading attach partition telemetry.%I for values from (%L) to (%L)',
      part, (day::timestamp at time zone 'UTC'), ((day + 1)::timestamp at time zone 'UTC'));
  end if;
end $$;
revoke all on function telemetry.ensure_day from public;
grant execute on function telemetry.ensure_day to yiqi_worker;

-- Forgetting is dropping: instant, whatever the size. Answers what was dropped.
create function telemetry.drop_days_before(day date) returns setof text language plpgsql security definer
  set search_path = telemetry, pg_temp as $$
declare part text;
begin
  for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'telemetry.reading'::regclass and c.relname < 'reading_' || to_char(day, 'YYYYMMDD') order by 1 loop
    execute format('drop table telemetry.%I', part);
    return next part;
  end loop;
end $$;
revoke all on function telemetry.drop_days_before from public;
grant execute on function telemetry.drop_days_before to yiqi_worker;

create table telemetry.rollup_minute (
  device_id uuid not null,
  metric_id smallint not null,
  at timestamptz not null,
  n bigint not null,
  low double precision not null,
  high double precision not null,
  total double precision not null,
  constraint rollup_minute_pk primary key (device_id, metric_id, at)
);
create table telemetry.rollup_hour (like telemetry.rollup_minute including all);

-- The newest value of each metric, and when the device is due again.
create table telemetry.latest (
  device_id uuid not null,
  metric_id smallint not null,
  at timestamptz not null,
  value double precision not null,
  constraint latest_pk primary key (device_id, metric_id)
);
create table telemetry.device_state (
  device_id uuid primary key,
  status text not null check (status in ('ONLINE','STALE','OFFLINE')),
  last_at timestamptz not null,
  received_at timestamptz not null,
  interval_seconds double precision not null,
  deadline timestamptz not null,
  last_seq bigint
);
create index device_state_due on telemetry.device_state (deadline) where status <> 'OFFLINE';

do $$
declare t text;
begin
  foreach t in array array['reading','rollup_minute','rollup_hour','latest','device_state'] loop
    execute format('alter table telemetry.%I enable row level security', t);
    execute format('alter table telemetry.%I force row level security', t);
    execute format('create policy %I on telemetry.%I for select to yiqi_app using (exists (select 1 from equipment.unit u where u.id = device_id))', t || '_app', t);
    execute format('create policy %I on telemetry.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on telemetry.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select on telemetry.%I to yiqi_app, yiqi_auditor', t);
    execute format('grant select, insert, update, delete on telemetry.%I to yiqi_worker', t);
  end loop;
end $$;

-- A rule without an organisation is the platform's and holds for every device that reports the metric; an
-- organisation's rule holds for the units it owns or holds, or for one of them.
create table telemetry.rule (
  id uuid primary key,
  version bigint not null default 0,
  revision int not null default 1,
  org_id uuid,
  unit_id uuid,
  name_zh text not null check (length(name_zh) between 1 and 120),
  name_en text not null check (length(name_en) between 1 and 120),
  kind text not null check (kind in ('ABOVE','BELOW','STALE')),
  metric_id smallint references telemetry.metric(id),
  threshold double precision,
  clear_threshold double precision,
  hold_seconds int not null default 0 check (hold_seconds between 0 and 86400),
  clear_seconds int not null default 0 check (clear_seconds between 0 and 86400),
  severity text not null check (severity in ('WARNING','MAJOR','CRITICAL')),
  enabled boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint rule_complete check (case when kind = 'STALE' then metric_id is null and threshold is null and clear_threshold is null
    else metric_id is not null and threshold is not null and clear_threshold is not null end),
  constraint rule_hysteresis check (kind = 'STALE' or (kind = 'ABOVE' and clear_threshold <= threshold)
    or (kind = 'BELOW' and clear_threshold >= threshold))
);
create index rule_org on telemetry.rule (org_id, created_at);
-- What the rule said when: an episode names the revision that it was judged by.
create table telemetry.rule_revision (
  rule_id uuid not null references telemetry.rule(id),
  revision int not null,
  at timestamptz not null,
  person_id uuid,
  definition jsonb not null,
  primary key (rule_id, revision)
);
alter table telemetry.rule enable row level security;
alter table telemetry.rule force row level security;
create policy rule_read on telemetry.rule for select to yiqi_app
  using (org_id is null or org_id = (select shared.current_org()) or (select shared.sees_all()));
create policy rule_write on telemetry.rule for insert to yiqi_app with check (shared.sees(org_id));
create policy rule_change on telemetry.rule for update to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy rule_worker on telemetry.rule for all to yiqi_worker using (true) with check (true);
-- The migrations seed the platform's rules.
create policy rule_owner_role on telemetry.rule for all to yiqi_owner using (true) with check (true);
grant select, insert, update on telemetry.rule to yiqi_app, yiqi_worker;
grant select, insert on telemetry.rule_revision to yiqi_app, yiqi_worker;
grant select on telemetry.rule, telemetry.rule_revision to yiqi_auditor;

create table telemetry.alert_episode (
  id uuid primary key,
  version bigint not null default 0,
  device_id uuid not null,
  rule_id uuid not null references telemetry.rule(id),
  rule_revision int not null,
  severity text not null check (severity in ('WARNING','MAJOR','CRITICAL')),
  state text not null check (state in ('PENDING','ACTIVE','ACKNOWLEDGED','REPAIRING','RECOVERED','CLOSED','FALSE_ALARM')),
  since timestamptz not null,
  activated_at timestamptz,
  announced_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  clear_since timestamptz,
  recovered_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  reason text not null default '' check (length(reason) <= 500),
  first_value double precision,
  peak_value double precision,
  last_value double precision,
  work_order_id uuid,
  updated_at timestamptz not null
);
-- However many messages arrive at once: one open episode of a rule on a device.
create unique index alert_episode_one_open on telemetry.alert_episode (device_id, rule_id)
  where state not in ('CLOSED','FALSE_ALARM');
create index alert_episode_unannounced on telemetry.alert_episode (activated_at) where announced_at is null and activated_at is not null;
create index alert_episode_unsettled on telemetry.alert_episode (state, since) where state in ('PENDING','RECOVERED') or clear_since is not null;
create index alert_episode_list on telemetry.alert_episode (since desc, id desc);
create index alert_episode_device on telemetry.alert_episode (device_id, since desc);
alter table telemetry.alert_episode enable row level security;
alter table telemetry.alert_episode force row level security;
create policy alert_episode_app on telemetry.alert_episode for select to yiqi_app
  using (exists (select 1 from equipment.unit u where u.id = device_id));
create policy alert_episode_change on telemetry.alert_episode for update to yiqi_app
  using (exists (select 1 from equipment.unit u where u.id = device_id)) with check (true);
create policy alert_episode_worker on telemetry.alert_episode for all to yiqi_worker using (true) with check (true);
create policy alert_episode_auditor on telemetry.alert_episode for select to yiqi_auditor using (true);
grant select, update on telemetry.alert_episode to yiqi_app;
grant select, insert, update, delete on telemetry.alert_episode to yiqi_worker;
grant select on telemetry.alert_episode to yiqi_auditor;

-- What could not be taken in, why, and whole: it can be replayed once the reason is gone.
create table telemetry.dead_letter (
  id uuid primary key,
  version bigint not null default 0,
  device_id uuid,
  address text not null,
  payload bytea not null,
  reason text not null,
  detail text not null default '',
  received_at timestamptz not null,
  replayed_at timestamptz,
  replayed_by uuid
);
create index dead_letter_list on telemetry.dead_letter (received_at desc, id desc);
create index dead_letter_device on telemetry.dead_letter (device_id, received_at desc);
alter table telemetry.dead_letter enable row level security;
alter table telemetry.dead_letter force row level security;
create policy dead_letter_app on telemetry.dead_letter for select to yiqi_app
  using ((select shared.sees_all()) or exists (select 1 from equipment.unit u where u.id = device_id));
create policy dead_letter_replay on telemetry.dead_letter for update to yiqi_app
  using ((select shared.sees_all()) or exists (select 1 from equipment.unit u where u.id = device_id)) with check (true);
create policy dead_letter_worker on telemetry.dead_letter for all to yiqi_worker using (true) with check (true);
grant select on telemetry.dead_letter to yiqi_app, yiqi_auditor;
grant update (version, replayed_at, replayed_by) on telemetry.dead_letter to yiqi_app;
grant select, insert, update, delete on telemetry.dead_letter to yiqi_worker;

-- Where an organisation wants to hear of alerts. The signing secret is derived from the platform's key, not stored.
create table telemetry.webhook (
  id uuid primary key,
  version bigint not null default 0,
  org_id uuid not null,
  url text not null check (length(url) between 10 and 500),
  created_at timestamptz not null,
  removed_at timestamptz
);
create index webhook_org on telemetry.webhook (org_id) where removed_at is null;
create table telemetry.webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references telemetry.webhook(id),
  episode_id uuid not null,
  event text not null,
  body text not null,
  attempts int not null default 0,
  next_at timestamptz,
  delivered_at timestamptz,
  outcome text not null default '',
  created_at timestamptz not null,
  constraint webhook_delivery_once unique (webhook_id, episode_id, event)
);
create index webhook_delivery_due on telemetry.webhook_delivery (next_at) where next_at is not null;
alter table telemetry.webhook enable row level security;
alter table telemetry.webhook force row level security;
create policy webhook_app on telemetry.webhook for all to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy webhook_worker on telemetry.webhook for all to yiqi_worker using (true) with check (true);
alter table telemetry.webhook_delivery enable row level security;
alter table telemetry.webhook_delivery force row level security;
create policy webhook_delivery_app on telemetry.webhook_delivery for all to yiqi_app
  using (exists (select 1 from telemetry.webhook w where w.id = webhook_id)) with check (true);
create policy webhook_delivery_worker on telemetry.webhook_delivery for all to yiqi_worker using (true) with check (true);
grant select, insert, update on telemetry.webhook to yiqi_app;
grant select on telemetry.webhook to yiqi_worker;
grant select, insert on telemetry.webhook_delivery to yiqi_app;
grant select, insert, update, delete on telemetry.webhook_delivery to yiqi_worker;

-- The platform's rules; figures follow usual operating limits and can be changed by its operators.
insert into telemetry.rule (id, name_zh, name_en, kind, metric_id, threshold, clear_threshold, hold_seconds, clear_seconds, severity, created_at, updated_at)
select v.id::uuid, v.name_zh, v.name_en, v.kind, m.id, v.threshold, v.clear_threshold, v.hold, v.clear, v.severity, now(), now()
from (values
  ('019e0000-0000-7000-8000-000000000001', '磁共振冷却水过热', 'MRI cooling water too warm', 'ABOVE', 'coolingTemperature', 18.0, 14.0, 10, 30, 'CRITICAL'),
  ('019e0000-0000-7000-8000-000000000002', '磁共振液氦不足', 'MRI helium low', 'BELOW', 'heliumLevel', 60.0, 65.0, 30, 60, 'MAJOR'),
  ('019e0000-0000-7000-8000-000000000003', 'CT 球管过热', 'CT tube too hot', 'ABOVE', 'tubeTemperature', 85.0, 75.0, 10, 30, 'CRITICAL'),
  ('019e0000-0000-7000-8000-000000000004', 'CT 探测器异常', 'CT detector fault', 'BELOW', 'detectorState', 0.5, 0.5, 5, 10, 'MAJOR'),
  ('019e0000-0000-7000-8000-000000000005', '呼吸机气道压力过高', 'Ventilator airway pressure high', 'ABOVE', 'airwayPressure', 40.0, 35.0, 5, 10, 'CRITICAL'),
  ('019e0000-0000-7000-8000-000000000006', '呼吸机氧浓度过低', 'Ventilator oxygen low', 'BELOW', 'oxygenConcentration', 19.0, 20.0, 5, 10, 'CRITICAL'),
  ('019e0000-0000-7000-8000-000000000007', '输液泵阻塞', 'Infusion pump occlusion', 'ABOVE', 'occlusionPressure', 80.0, 60.0, 5, 10, 'MAJOR'),
  ('019e0000-0000-7000-8000-000000000008', '电池电量低', 'Battery low', 'BELOW', 'batteryLevel', 15.0, 25.0, 30, 60, 'WARNING'),
  ('019e0000-0000-7000-8000-000000000009', '超声探头过热', 'Ultrasound probe too hot', 'ABOVE', 'probeTemperature', 43.0, 40.0, 10, 30, 'MAJOR')
) as v(id, name_zh, name_en, kind, metric, threshold, clear_threshold, hold, clear, severity)
join telemetry.metric m on m.name = v.metric;
insert into telemetry.rule (id, name_zh, name_en, kind, hold_seconds, clear_seconds, severity, created_at, updated_at)
values ('019e0000-0000-7000-8000-000000000010', '设备失联', 'Device silent', 'STALE', 60, 0, 'WARNING', now(), now());
insert into telemetry.rule_revision (rule_id, revision, at, definition)
select id, 1, created_at, to_jsonb(r) - 'version' from telemetry.rule r;
