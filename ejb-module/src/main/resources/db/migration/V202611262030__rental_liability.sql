-- Who bears a damage: report, frozen evidence, statements, assessments, proposals with exact shares, decision, settlement.
-- What the law and the house decide is dated data.
create sequence rental.liability_number;
grant usage on sequence rental.liability_number to yiqi_app, yiqi_worker;

-- The rules of a day are those of the latest row that is not after it; a case keeps those of the day of its report.
create table rental.liability_rule (
  from_day date primary key,
  report_hours int not null check (report_hours > 0),
  statement_days int not null check (statement_days > 0),
  appeal_days int not null check (appeal_days > 0),
  unrelated_months int not null check (unrelated_months > 0),
  residual_percent int not null check (residual_percent between 0 and 99),
  source text not null
);
insert into rental.liability_rule values
  ('2020-01-01', 48, 5, 15, 24, 5, '平台损害责任规则 2020; 民事诉讼法 §171 (15 日); 企业会计准则第4号 (净残值)');

-- Who answers for a cause, unless the case shows otherwise, and why.
create table rental.liability_default (
  cause text not null check (cause in ('MISUSE', 'MISSED_MAINTENANCE', 'TRANSPORT', 'LATENT_DEFECT', 'WEAR', 'PLATFORM_FAULT')),
  from_day date not null,
  role text not null check (role in ('CUSTODIAN', 'MAINTAINER', 'CARRIER', 'SUPPLIER', 'OWNER', 'PLATFORM')),
  reason_zh text not null,
  reason_en text not null,
  source text not null,
  primary key (cause, from_day)
);
insert into rental.liability_default values
  ('MISUSE', '2021-01-01', 'CUSTODIAN', '保管或使用不当，由当时的保管方承担', 'Whoever held the unit answers for careless keeping and use', '民法典 §714'),
  ('MISSED_MAINTENANCE', '2021-01-01', 'MAINTAINER', '未按期维护，由负责维护的一方承担', 'Whoever had to maintain the unit answers for service that was missed', '民法典 §712'),
  ('TRANSPORT', '2021-01-01', 'CARRIER', '运输途中的毁损，由承运人承担', 'The carrier answers for what is damaged on the way', '民法典 §832'),
  ('LATENT_DEFECT', '2021-01-01', 'SUPPLIER', '产品本身的隐蔽缺陷，由供应商承担', 'The supplier answers for a defect that the product came with', '民法典 §1203'),
  ('WEAR', '2021-01-01', 'OWNER', '按约定使用造成的正常损耗，由所有人承担', 'The owner bears wear from the agreed use', '民法典 §710'),
  ('PLATFORM_FAULT', '2021-01-01', 'PLATFORM', '平台软件或数据差错造成的损害，由平台承担', 'The platform answers for damage from its own software or data', '平台服务规则 2021');

-- How long a class of equipment is written off over. The category * stands for all others.
create table rental.depreciation_life (
  category text not null,
  from_day date not null,
  life_years int not null check (life_years between 1 and 50),
  source text not null,
  primary key (category, from_day)
);
insert into rental.depreciation_life
  select c.category, '2019-01-01', c.years, '财会〔2018〕24 号 医院固定资产折旧年限表'
  from (values ('*', 5), ('MRI', 6), ('CT', 6), ('XRAY', 6), ('ULTRASOUND', 6), ('ENDOSCOPY', 6), ('DENTAL', 6),
               ('STERILISER', 6), ('RADIOTHERAPY', 8)) c(category, years);
grant select on rental.liability_rule, rental.liability_default, rental.depreciation_life to yiqi_app, yiqi_worker, yiqi_auditor;

create table rental.liability (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  state text not null check (state in ('REPORTED', 'EVIDENCE', 'STATEMENTS', 'ASSESSED', 'PROPOSED', 'AGREED', 'DISPUTED',
    'PANEL', 'DECIDED', 'APPEAL', 'FINAL', 'SETTLED', 'WITHDRAWN')),
  unit_id uuid not null,
  unit_zh text not null,
  unit_en text not null,
  asset_tag text not null,
  category text not null,
  owner_org uuid not null,
  custodian_org uuid not null,
  reporter_org uuid not null,
  rental_id uuid references rental.rental(id),
  -- Everybody who takes part: parties, assessors, the panel and who appointed it. Row-level security asks this.
  members uuid[] not null,
  damage text not null check (damage in ('IMPACT', 'LIQUID', 'ELECTRICAL', 'MISSING_PART', 'CONTAMINATION', 'FUNCTION', 'OTHER')),
  description text not null check (length(description) between 1 and 4000),
  harm boolean not null,
  discovered_at timestamptz not null,
  reported_at timestamptz not null,
  reported_by uuid not null,
  rules_of date not null references rental.liability_rule(from_day),
  opened_act uuid,
  frozen_at timestamptz,
  statements_due timestamptz,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  cost_minor bigint check (cost_minor > 0 and cost_minor <= 1000000000000),
  acquired_on date,
  life_years int check (life_years between 1 and 50),
  residual_percent int check (residual_percent between 0 and 99),
  value_minor bigint check (value_minor >= 0 and value_minor <= cost_minor),
  cap_minor bigint check (cap_minor >= 0 and cap_minor <= value_minor),
  regulator_org uuid,
  appeal_due timestamptz,
  appeal_org uuid,
  appeal_ground text not null default '',
  appeal_text text not null default '' check (length(appeal_text) <= 4000),
  appeal_act uuid,
  settled_act uuid,
  settled_at timestamptz,
  constraint liability_number_once unique (number),
  constraint liability_in_time check (discovered_at <= reported_at),
  constraint liability_assessed check (state in ('REPORTED', 'EVIDENCE', 'STATEMENTS', 'WITHDRAWN') or cap_minor is not null),
  constraint liability_settled check ((state = 'SETTLED') = (settled_at is not null))
);
-- While facts are gathered a unit has one case: two reports of one damage would split its evidence.
create unique index liability_collecting on rental.liability (unit_id) where state in ('REPORTED', 'EVIDENCE', 'STATEMENTS');
create index liability_newest on rental.liability (reported_at desc, id desc);
create index liability_members on rental.liability using gin (members);
create index liability_rental on rental.liability (rental_id) where rental_id is not null;
create index liability_clock on rental.liability (state, discovered_at) where state in ('EVIDENCE', 'STATEMENTS', 'DECIDED');

create table rental.liability_party (
  liability_id uuid not null references rental.liability(id),
  org_id uuid not null,
  roles text[] not null check (cardinality(roles) > 0
    and roles <@ array['OWNER', 'CUSTODIAN', 'MAINTAINER', 'CARRIER', 'SUPPLIER', 'PLATFORM', 'REPORTER']),
  due timestamptz,
  statement text check (length(statement) between 1 and 8000),
  stated_by uuid,
  stated_at timestamptz,
  silent_at timestamptz,
  primary key (liability_id, org_id),
  constraint liability_party_stated check ((statement is null) = (stated_at is null) and (statement is null) = (stated_by is null)),
  constraint liability_party_once check (stated_at is null or silent_at is null)
);

create table rental.liability_evidence (
  id uuid primary key,
  liability_id uuid not null references rental.liability(id),
  kind text not null check (kind in ('CUSTODY', 'CONDITION', 'TELEMETRY', 'MAINTENANCE', 'OPERATORS', 'CALENDAR', 'PHOTO',
    'STATEMENT', 'REPAIR_QUOTE', 'ESTIMATE', 'VALUE')),
  position int not null,
  org_id uuid not null,
  at timestamptz not null,
  content text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  file bytea,
  media_type text,
  constraint liability_evidence_place unique (liability_id, position),
  constraint liability_evidence_file check ((kind = 'PHOTO') = (file is not null) and (file is null) = (media_type is null))
);

-- The repair quote of who would repair it, and the estimate of somebody else who has nothing to do with the case.
create table rental.liability_assessment (
  liability_id uuid not null references rental.liability(id),
  kind text not null check (kind in ('REPAIR_QUOTE', 'ESTIMATE')),
  org_id uuid not null,
  asked_at timestamptz not null,
  repair_minor bigint check (repair_minor >= 0 and repair_minor <= 1000000000000),
  betterment_minor bigint check (betterment_minor >= 0 and betterment_minor <= repair_minor),
  note text not null default '' check (length(note) <= 4000),
  given_by uuid,
  given_at timestamptz,
  primary key (liability_id, kind),
  constraint liability_assessors_differ unique (liability_id, org_id),
  constraint liability_assessment_whole check ((given_at is null) = (repair_minor is null)
    and (given_at is null) = (betterment_minor is null) and (given_at is null) = (given_by is null))
);

create table rental.liability_panellist (
  liability_id uuid not null references rental.liability(id),
  position int not null check (position between 1 and 3),
  org_id uuid not null,
  primary key (liability_id, position),
  constraint liability_panellist_once unique (liability_id, org_id)
);

-- A split that waits for signatures or has them: the parties' own, the panel's, the regulator's on appeal.
create table rental.liability_proposal (
  id uuid primary key,
  liability_id uuid not null references rental.liability(id),
  kind text not null check (kind in ('PROPOSAL', 'DECISION', 'APPEAL')),
  state text not null check (state in ('OPEN', 'STANDS', 'DISPUTED', 'LAPSED', 'REFUSED')),
  by_org uuid not null,
  by_person uuid not null,
  at timestamptz not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  note text not null default '' check (length(note) <= 4000),
  act_id uuid,
  answered_by uuid,
  answer text not null default '' check (length(answer) <= 4000)
);
create unique index liability_proposal_open on rental.liability_proposal (liability_id) where state = 'OPEN';
create index liability_proposal_of on rental.liability_proposal (liability_id, at);
create unique index liability_proposal_act on rental.liability_proposal (act_id) where act_id is not null;

create table rental.liability_cause (
  proposal_id uuid not null references rental.liability_proposal(id),
  position int not null,
  cause text not null,
  weight int not null check (weight between 1 and 1000),
  org_id uuid not null,
  from_default date,
  reason_zh text not null,
  reason_en text not null,
  source text not null,
  primary key (proposal_id, position)
);

create table rental.liability_share (
  proposal_id uuid not null references rental.liability_proposal(id),
  org_id uuid not null,
  numerator bigint not null check (numerator between 1 and 999999999),
  denominator bigint not null check (denominator between 1 and 999999999),
  amount_minor bigint not null check (amount_minor >= 0),
  primary key (proposal_id, org_id),
  constraint liability_share_proper check (numerator <= denominator)
);
-- Shares are exactly one, and their amounts exactly the amount, whoever writes them.
create function rental.check_shares() returns trigger language plpgsql security definer set search_path = rental, pg_temp as $$
declare
  num numeric := 0;
  den numeric := 1;
  money numeric := 0;
  wanted bigint;
  s record;
begin
  for s in select numerator, denominator, amount_minor from rental.liability_share where proposal_id = new.proposal_id loop
    num := num * s.denominator + s.numerator::numeric * den;
    den := den * s.denominator;
    money := money + s.amount_minor;
  end loop;
  select amount_minor into wanted from rental.liability_proposal where id = new.proposal_id;
  if num <> den or money <> wanted then
    raise exception 'the shares of % are not one', new.proposal_id
      using errcode = 'check_violation', constraint = 'liability_shares_are_one';
  end if;
  return null;
end $$;
create constraint trigger liability_shares_are_one after insert or update on rental.liability_share
  deferrable initially deferred for each row execute function rental.check_shares();
create function rental.check_proposal_shares() returns trigger language plpgsql security definer set search_path = rental, pg_temp as $$
begin
  if not exists (select 1 from rental.liability_share where proposal_id = new.id) then
    raise exception 'the proposal % has no shares', new.id
      using errcode = 'check_violation', constraint = 'liability_shares_are_one';
  end if;
  return null;
end $$;
create constraint trigger liability_proposal_shared after insert on rental.liability_proposal
  deferrable initially deferred for each row execute function rental.check_proposal_shares();

-- What each who bears a share owes the owner: from the deposit, the rest by invoice.
create table rental.liability_charge (
  liability_id uuid not null references rental.liability(id),
  proposal_id uuid not null references rental.liability_proposal(id),
  org_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  captured_minor bigint not null default 0 check (captured_minor >= 0 and captured_minor <= amount_minor),
  invoice_id uuid,
  paid_at timestamptz,
  reversed_at timestamptz,
  primary key (proposal_id, org_id)
);
create index liability_charge_of on rental.liability_charge (liability_id);

-- The dossier as it was when the split was put to signature; its salted digest stands in the act.
create table rental.liability_dossier (
  proposal_id uuid not null references rental.liability_proposal(id),
  language text not null check (language in ('zh', 'en')),
  pdf bytea not null,
  salt bytea not null check (octet_length(salt) = 32),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (proposal_id, language)
);

-- What happened, in order; rows are only added.
create table rental.liability_step (
  id uuid primary key,
  liability_id uuid not null references rental.liability(id),
  at timestamptz not null,
  org_id uuid,
  verb text not null,
  from_state text not null,
  to_state text not null,
  note text not null default ''
);
create index liability_step_of on rental.liability_step (liability_id, id);

do $$ declare t text; begin
  foreach t in array array['liability', 'liability_party', 'liability_evidence', 'liability_assessment', 'liability_panellist',
      'liability_proposal', 'liability_cause', 'liability_share', 'liability_charge', 'liability_dossier', 'liability_step'] loop
    execute format('alter table rental.%I enable row level security', t);
    execute format('alter table rental.%I force row level security', t);
    execute format('create policy %I on rental.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on rental.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('create policy %I on rental.%I for select to yiqi_owner using (true)', t || '_owner_role', t);
    execute format('grant select, insert on rental.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on rental.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['liability_party', 'liability_evidence', 'liability_assessment', 'liability_panellist',
      'liability_proposal', 'liability_charge', 'liability_step'] loop
    execute format('create policy %I on rental.%I for all to yiqi_app
      using (exists (select 1 from rental.liability l where l.id = liability_id))
      with check (exists (select 1 from rental.liability l where l.id = liability_id))', t || '_app', t);
  end loop;
  foreach t in array array['liability_cause', 'liability_share', 'liability_dossier'] loop
    execute format('create policy %I on rental.%I for all to yiqi_app
      using (exists (select 1 from rental.liability_proposal p where p.id = proposal_id))
      with check (exists (select 1 from rental.liability_proposal p where p.id = proposal_id))', t || '_app', t);
  end loop;
end $$;
grant update on rental.liability, rental.liability_party, rental.liability_assessment, rental.liability_proposal,
  rental.liability_charge to yiqi_app, yiqi_worker;
create policy liability_app on rental.liability for all to yiqi_app
  using ((select shared.current_org()) = any(members) or (select shared.sees_all()))
  with check (shared.sees_any(members));

-- What was gathered is frozen: evidence of the facts enters before the freeze only, and nothing of it ever changes.
create function rental.evidence_is_frozen() returns trigger language plpgsql security definer set search_path = rental, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'evidence does not change' using errcode = 'check_violation', constraint = 'liability_evidence_frozen';
  end if;
  if new.kind not in ('STATEMENT', 'REPAIR_QUOTE', 'ESTIMATE', 'VALUE')
      and exists (select 1 from rental.liability l where l.id = new.liability_id and l.frozen_at is not null) then
    raise exception 'the evidence of this case is frozen'
      using errcode = 'check_violation', constraint = 'liability_evidence_frozen';
  end if;
  return new;
end $$;
create trigger liability_evidence_frozen before insert or update or delete on rental.liability_evidence
  for each row execute function rental.evidence_is_frozen();

-- A statement is made once.
create function rental.statement_stands() returns trigger language plpgsql as $$
begin
  if (old.stated_at is not null or old.silent_at is not null)
      and (new.statement, new.stated_by, new.stated_at, new.silent_at)
        is distinct from (old.statement, old.stated_by, old.stated_at, old.silent_at) then
    raise exception 'a statement is made once' using errcode = 'check_violation', constraint = 'liability_statement_once';
  end if;
  return new;
end $$;
create trigger liability_statement_once before update on rental.liability_party
  for each row execute function rental.statement_stands();

-- The evidence log takes what a case rests on. Whoever sees the case sees its leaves.
alter table evidence.exhibit drop constraint exhibit_kind_check;
alter table evidence.exhibit add constraint exhibit_kind_check check (kind ~ '^[a-z][a-z-]{2,30}$');
do $$ begin
  execute replace(pg_get_functiondef('evidence.visible(text,text)'::regprocedure), 'else false',
    'when ''liability'' then exists (select 1 from rental.liability_evidence e where e.id = ref::uuid) else false');
end $$;
