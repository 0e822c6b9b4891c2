-- Adverse events with the clocks of the law. What happened to a device, never who the patient was.
create sequence oversight.adverse_event_number;
grant usage on sequence oversight.adverse_event_number to yiqi_app, yiqi_worker;

-- What has to be done within which time, and how long before its end it is red. The latest rule that is not after a day holds.
create table oversight.adverse_rule (
  harm text not null check (harm in ('DEATH', 'INJURY', 'GROUP')),
  duty text not null check (duty in ('NOTICE', 'REPORT')),
  from_day date not null,
  hours int not null check (hours > 0),
  red_hours_before int not null check (red_hours_before between 0 and 48),
  source text not null,
  primary key (harm, duty, from_day)
);
insert into oversight.adverse_rule values
  ('DEATH', 'REPORT', '2019-01-01', 168, 24, '医疗器械不良事件监测和再评价管理办法 (国家市场监督管理总局 国家卫生健康委员会令第1号)'),
  ('INJURY', 'REPORT', '2019-01-01', 480, 24, '医疗器械不良事件监测和再评价管理办法 (国家市场监督管理总局 国家卫生健康委员会令第1号)'),
  ('GROUP', 'NOTICE', '2019-01-01', 12, 2, '医疗器械不良事件监测和再评价管理办法 (国家市场监督管理总局 国家卫生健康委员会令第1号)'),
  ('GROUP', 'REPORT', '2019-01-01', 24, 4, '医疗器械不良事件监测和再评价管理办法 (国家市场监督管理总局 国家卫生健康委员会令第1号)');
grant select on oversight.adverse_rule to yiqi_app, yiqi_worker, yiqi_auditor;

create table oversight.adverse_event (
  id uuid primary key,
  version bigint not null default 0,
  number text not null default 'AE-' || lpad(nextval('oversight.adverse_event_number')::text, 6, '0'),
  org_id uuid not null,
  unit_id uuid not null,
  model_id uuid not null,
  -- The liability case that it was opened by, if one did.
  liability_id uuid,
  harm text not null check (harm in ('DEATH', 'INJURY', 'GROUP')),
  happened_at timestamptz not null,
  known_at timestamptz not null,
  what text not null check (length(what) between 1 and 4000),
  state text not null default 'OPEN' check (state in ('OPEN', 'REPORTED', 'ASSESSED')),
  noted_at timestamptz not null,
  noted_by uuid,
  assessment text not null default '' check (length(assessment) <= 4000),
  assessed_by uuid,
  assessed_at timestamptz,
  constraint adverse_event_number_once unique (number),
  constraint adverse_event_of_liability unique (liability_id),
  constraint adverse_event_known_after check (known_at >= happened_at),
  constraint adverse_event_assessed check ((state = 'ASSESSED') = (assessed_at is not null) and (state <> 'ASSESSED' or assessment <> ''))
);
create index adverse_event_org on oversight.adverse_event (org_id, known_at desc);
create index adverse_event_known on oversight.adverse_event (known_at desc, id desc);
create index adverse_event_model on oversight.adverse_event (model_id, known_at desc);

create table oversight.adverse_duty (
  event_id uuid not null references oversight.adverse_event(id),
  duty text not null check (duty in ('NOTICE', 'REPORT')),
  due_at timestamptz not null,
  red_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  answer text not null default '' check (length(answer) <= 4000),
  primary key (event_id, duty),
  constraint adverse_duty_red_before_due check (red_at <= due_at),
  constraint adverse_duty_done check ((done_at is null) = (answer = ''))
);
create index adverse_duty_open on oversight.adverse_duty (red_at) where done_at is null;

alter table oversight.adverse_event enable row level security;
alter table oversight.adverse_event force row level security;
create policy adverse_event_app on oversight.adverse_event for all to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all()))
  with check (org_id = (select shared.current_org()) or (select shared.sees_all()));
alter table oversight.adverse_duty enable row level security;
alter table oversight.adverse_duty force row level security;
create policy adverse_duty_app on oversight.adverse_duty for all to yiqi_app
  using (exists (select 1 from oversight.adverse_event e where e.id = event_id))
  with check (exists (select 1 from oversight.adverse_event e where e.id = event_id));
do $$
declare t text;
begin
  foreach t in array array['adverse_event', 'adverse_duty'] loop
    execute format('create policy %I on oversight.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on oversight.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on oversight.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on oversight.%I to yiqi_auditor', t);
  end loop;
end $$;

-- Which looks of regulators at an organisation's units it may see: all of them, a covert investigation's after its end.
create table oversight.look (
  id uuid primary key,
  regulator_id uuid not null,
  owner_id uuid not null,
  unit_id uuid not null,
  action text not null check (action in ('TRACE', 'CUSTODIAN')),
  at timestamptz not null,
  hidden_until timestamptz
);
create index look_owner on oversight.look (owner_id, at desc, id desc);
create table oversight.covert_investigation (
  id uuid primary key,
  regulator_id uuid not null,
  org_id uuid not null,
  reason text not null check (length(reason) between 1 and 2000),
  begun_by uuid not null,
  begun_at timestamptz not null,
  ends_at timestamptz not null,
  constraint covert_investigation_ends check (ends_at > begun_at and ends_at <= begun_at + interval '180 days'),
  constraint covert_investigation_once exclude using gist (regulator_id with =, org_id with =, tstzrange(begun_at, ends_at) with &&)
);
alter table oversight.look enable row level security;
alter table oversight.look force row level security;
create policy look_read on oversight.look for select to yiqi_app using ((select shared.sees_all()) or
  owner_id = (select shared.current_org()) and coalesce(hidden_until <= now(), true));
create policy look_insert on oversight.look for insert to yiqi_app with check ((select shared.sees_all()));
create policy look_worker on oversight.look for all to yiqi_worker using (true) with check (true);
create policy look_auditor on oversight.look for select to yiqi_auditor using (true);
grant select, insert on oversight.look to yiqi_app, yiqi_worker;
grant select on oversight.look to yiqi_auditor;
alter table oversight.covert_investigation enable row level security;
alter table oversight.covert_investigation force row level security;
create policy covert_investigation_app on oversight.covert_investigation for all to yiqi_app
  using ((select shared.scope()) in ('REGULATOR', 'SYSTEM')) with check ((select shared.scope()) in ('REGULATOR', 'SYSTEM'));
create policy covert_investigation_auditor on oversight.covert_investigation for select to yiqi_auditor using (true);
grant select, insert on oversight.covert_investigation to yiqi_app;
grant select on oversight.covert_investigation to yiqi_auditor;
