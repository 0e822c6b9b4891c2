-- Needs of departments, plans to buy, their check and their approval. What the law and the house decide is dated data.
create schema procurement;
grant usage on schema procurement to yiqi_app, yiqi_worker, yiqi_auditor;

create sequence procurement.need_number;
create sequence procurement.plan_number;
grant usage on sequence procurement.need_number, procurement.plan_number to yiqi_app, yiqi_worker;

-- The rules of a day are those of the latest row that is not after it.
create table procurement.rule_set (
  from_day date primary key,
  split_minor bigint not null check (split_minor > 0),
  split_days int not null check (split_days > 0),
  nearby_km int not null check (nearby_km > 0),
  open_days int not null check (open_days > 0),
  amend_days int not null check (amend_days > 0),
  large_minor bigint not null check (large_minor > 0),
  source text not null
);
insert into procurement.rule_set values
  ('2020-01-01', 100000000, 90, 50, 20, 15, 3000000000,
   '招标投标法 §23–24; 财政部令第87号 §27; 大型医用设备配置许可管理目录 (2023)');

-- Who signs, in which order, from which value on. A class of large equipment goes the whole way whatever it costs.
create table procurement.ladder_step (
  from_day date not null,
  above_minor bigint not null check (above_minor >= 0),
  large boolean not null,
  position int not null check (position > 0),
  step text not null check (step in ('DEPARTMENT', 'EQUIPMENT', 'COMMITTEE', 'PARTY_COMMITTEE', 'FINANCE')),
  primary key (from_day, above_minor, large, position),
  unique (from_day, above_minor, large, step)
);
insert into procurement.ladder_step(from_day, above_minor, large, position, step)
select '2020-01-01', t.above, t.large, s.n, s.step
  from (values (0, false, array['DEPARTMENT','EQUIPMENT','FINANCE']),
               (10000000, false, array['DEPARTMENT','EQUIPMENT','COMMITTEE','FINANCE']),
               (100000000, false, array['DEPARTMENT','EQUIPMENT','COMMITTEE','PARTY_COMMITTEE','FINANCE']),
               (0, true, array['DEPARTMENT','EQUIPMENT','COMMITTEE','PARTY_COMMITTEE','FINANCE'])) t(above, large, steps)
 cross join lateral unnest(t.steps) with ordinality s(step, n);

-- Classes that need a licence to be set up at all, whatever they cost.
create table procurement.large_class (
  category text not null,
  from_day date not null,
  primary key (category, from_day)
);
insert into procurement.large_class values ('RADIOTHERAPY', '2020-01-01');

-- Words that name a maker or a favourite; a specification says what is needed, not whose it is.
create table procurement.named_word (
  word text primary key check (word = lower(word) and length(word) between 2 and 60)
);
insert into procurement.named_word values
  ('ge healthcare'), ('siemens'), ('philips'), ('canon medical'), ('fujifilm'), ('hitachi'), ('toshiba'), ('olympus'),
  ('united imaging'), ('mindray'), ('neusoft'), ('wandong'), ('draeger'), ('dräger'), ('maquet'), ('hamilton medical'),
  ('medtronic'), ('abbott'), ('roche'), ('beckman'), ('elekta'), ('varian'), ('fresenius'), ('getinge'),
  ('西门子'), ('飞利浦'), ('佳能'), ('富士'), ('日立'), ('东芝'), ('奥林巴斯'), ('联影'), ('迈瑞'), ('东软'), ('万东'),
  ('德尔格'), ('迈柯唯'), ('美敦力'), ('雅培'), ('罗氏'), ('贝克曼'), ('医科达'), ('瓦里安'), ('费森尤斯'),
  ('指定品牌'), ('原装进口'), ('only brand'), ('original brand');

-- What a specification of a class has to say. The category * stands for all.
create table procurement.required_parameter (
  category text not null,
  name text not null,
  name_zh text not null,
  name_en text not null,
  primary key (category, name)
);
insert into procurement.required_parameter values
  ('*', 'warranty', '质保期', 'Warranty'),
  ('MRI', 'fieldStrength', '磁场强度', 'Field strength'),
  ('MRI', 'boreDiameter', '孔径', 'Bore diameter'),
  ('CT', 'detectorRows', '探测器排数', 'Detector rows'),
  ('XRAY', 'generatorPower', '高压发生器功率', 'Generator power'),
  ('ULTRASOUND', 'probes', '探头配置', 'Probes'),
  ('VENTILATOR', 'ventilationModes', '通气模式', 'Ventilation modes'),
  ('MONITOR', 'monitoredValues', '监测参数', 'Monitored values'),
  ('ENDOSCOPY', 'resolution', '图像分辨率', 'Image resolution'),
  ('RADIOTHERAPY', 'energy', '射线能量', 'Beam energy');
grant select on procurement.rule_set, procurement.ladder_step, procurement.large_class, procurement.named_word,
  procurement.required_parameter to yiqi_app, yiqi_worker, yiqi_auditor;

create table procurement.need (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  org_id uuid not null,
  department text not null check (length(department) between 1 and 120),
  category text not null,
  title text not null check (length(title) between 1 and 200),
  quantity int not null check (quantity between 1 and 10000),
  reason text not null check (length(reason) between 1 and 4000),
  wanted_by date not null,
  state text not null check (state in ('OPEN', 'PLANNED', 'DECLINED')),
  answer text not null default '' check (length(answer) <= 2000),
  raised_by uuid not null,
  raised_at timestamptz not null,
  constraint need_number_once unique (number),
  constraint need_declined_says_why check (state <> 'DECLINED' or length(answer) > 0)
);
create index need_org on procurement.need (org_id, raised_at);

create table procurement.plan (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  org_id uuid not null,
  need_id uuid references procurement.need(id),
  title text not null check (length(title) between 1 and 200),
  category text not null,
  quantity int not null check (quantity between 1 and 10000),
  unit_minor bigint not null check (unit_minor > 0 and unit_minor <= 1000000000000),
  total_minor bigint not null generated always as (unit_minor * quantity) stored,
  budget_line text not null check (length(budget_line) between 1 and 60),
  budget_minor bigint not null check (budget_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  specification text not null check (length(specification) between 1 and 8000),
  life_years int not null check (life_years between 1 and 50),
  service_minor bigint not null check (service_minor >= 0),
  running_minor bigint not null check (running_minor >= 0),
  disposal_minor bigint not null check (disposal_minor >= 0),
  licence text not null default '' check (length(licence) <= 80),
  justification text not null default '' check (length(justification) <= 4000),
  state text not null check (state in ('DRAFT', 'APPROVING', 'RETURNED', 'APPROVED', 'WITHDRAWN')),
  round int not null default 0 check (round >= 0),
  rules_of date,
  made_by uuid not null,
  made_at timestamptz not null,
  submitted_at timestamptz,
  approved_at timestamptz,
  constraint plan_number_once unique (number),
  constraint plan_approved_once check ((state = 'APPROVED') = (approved_at is not null))
);
create index plan_org on procurement.plan (org_id, made_at);
create index plan_class on procurement.plan (org_id, category, submitted_at) where submitted_at is not null;
-- One plan answers a need.
create unique index plan_of_need on procurement.plan (need_id) where state <> 'WITHDRAWN';

create table procurement.plan_parameter (
  plan_id uuid not null references procurement.plan(id),
  position int not null,
  name text not null check (length(name) between 1 and 60),
  value text not null check (length(value) between 1 and 500),
  primary key (plan_id, position),
  constraint plan_parameter_once unique (plan_id, name)
);
-- What the last check found. "facts" are what the sentence is made of in the reader's language.
create table procurement.plan_finding (
  plan_id uuid not null references procurement.plan(id),
  position int not null,
  code text not null,
  weight text not null check (weight in ('BLOCKS', 'JUSTIFY', 'HINT')),
  field text not null,
  facts text[] not null,
  primary key (plan_id, position)
);
-- Each signing of a plan. Who made the plan never signs it, and nobody signs twice in one round.
create table procurement.plan_step (
  plan_id uuid not null references procurement.plan(id),
  round int not null,
  position int not null,
  step text not null check (step in ('DEPARTMENT', 'EQUIPMENT', 'COMMITTEE', 'PARTY_COMMITTEE', 'FINANCE')),
  state text not null check (state in ('WAITING', 'SIGNED', 'RETURNED', 'LEFT')),
  made_by uuid not null,
  delegate uuid,
  delegated_by uuid,
  person_id uuid,
  decided_at timestamptz,
  note text not null default '' check (length(note) <= 2000),
  primary key (plan_id, round, position),
  constraint plan_step_not_own check (person_id <> made_by),
  constraint plan_step_delegate_not_own check (delegate <> made_by),
  constraint plan_step_decided check ((state in ('SIGNED', 'RETURNED')) = (person_id is not null and decided_at is not null)),
  constraint plan_step_return_says_why check (state <> 'RETURNED' or length(note) > 0)
);
create unique index plan_step_one_hat on procurement.plan_step (plan_id, round, person_id);

do $$ declare t text; begin
  foreach t in array array['need', 'plan', 'plan_parameter', 'plan_finding', 'plan_step'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['need', 'plan'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app using (shared.sees(org_id))
      with check (shared.sees(org_id))', t || '_app', t);
  end loop;
  foreach t in array array['plan_parameter', 'plan_finding', 'plan_step'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.plan p where p.id = plan_id))
      with check (exists (select 1 from procurement.plan p where p.id = plan_id))', t || '_app', t);
  end loop;
  foreach t in array array['plan_parameter', 'plan_finding'] loop
    execute format('grant delete on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
end $$;
