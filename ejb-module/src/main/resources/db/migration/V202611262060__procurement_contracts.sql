-- Contracts: drafted from an approved plan, signed by both sides, changed within what the law allows, paid by milestones.
create sequence procurement.contract_number;
grant usage on sequence procurement.contract_number to yiqi_app, yiqi_worker;

-- The rules of a day are those of the latest row that is not after it.
create table procurement.contract_rule_set (
  from_day date primary key,
  direct_minor bigint not null check (direct_minor > 0),
  sign_days int not null check (sign_days > 0),
  amend_percent int not null check (amend_percent between 0 and 100),
  source text not null
);
insert into procurement.contract_rule_set values
  ('2020-01-01', 100000000, 30, 10, '政府采购法 §46 (三十日), §49 (百分之十); 分散采购限额标准, 货物 100 万元');

-- The library. A clause is never edited: a new version holds from its day on, contracts keep the text that they were drafted with.
create table procurement.clause (
  code text not null check (code ~ '^[A-Z_]{1,40}$'),
  version int not null check (version > 0),
  from_day date not null,
  position int not null,
  required boolean not null,
  title_zh text not null,
  title_en text not null,
  text_zh text not null,
  text_en text not null,
  primary key (code, version),
  constraint clause_day_once unique (code, from_day)
);
insert into procurement.clause(code, version, from_day, position, required, title_zh, title_en, text_zh, text_en) values
  ('SUBJECT', 1, '2026-01-01', 1, true, '标的与价款', 'Goods and price',
   '乙方按附表向甲方交付设备，合同总价为 {amount}，含运输、安装、培训及税费。',
   'The supplier delivers the equipment listed to the buyer for a total of {amount}, with transport, installation, training and taxes.'),
  ('DELIVERY', 1, '2026-01-01', 2, true, '交付', 'Delivery',
   '乙方应于 {deliveryBy} 前将设备送达甲方指定地点，可分批交付；每台设备应附唯一器械标识与序列号。',
   'The supplier delivers to the place that the buyer names by {deliveryBy}, in parts if need be; each device bears its unique device identifier and serial number.'),
  ('ACCEPTANCE', 1, '2026-01-01', 3, true, '验收', 'Acceptance',
   '甲方由设备、临床和财务（或设备委员会）三方人员共同验收；未通过验收的设备由乙方继续保管并负责更换。',
   'Acceptance is by three people of the buyer: equipment, clinical, and finance or committee. A device that does not pass stays with the supplier, who replaces it.'),
  ('PAYMENT', 1, '2026-01-01', 4, true, '付款', 'Payment',
   '甲方仅就已达成的里程碑付款，比例以里程碑表为准。', 'The buyer pays only for milestones that are met, in the shares of the table of milestones.'),
  ('WARRANTY', 1, '2026-01-01', 5, true, '质保', 'Warranty',
   '质保期 {warrantyMonths} 个月，自验收合格之日起算。', 'The warranty runs for {warrantyMonths} months from the day of acceptance.'),
  ('AMENDMENT', 1, '2026-01-01', 6, true, '变更', 'Changes',
   '需追加相同标的的，双方可签订补充合同，追加金额合计不超过原合同金额的 {amendPercent}%。',
   'More of the same may be agreed in writing; what is added together does not exceed {amendPercent} % of the original amount.'),
  ('LATE', 1, '2026-01-01', 7, false, '逾期责任', 'Delay',
   '乙方每逾期一日，按逾期部分价款的万分之五支付违约金，累计不超过合同总价的百分之五。',
   'For each day of delay the supplier pays 0.05 % of the price of what is late, at most 5 % of the total.'),
  ('TRAINING', 1, '2026-01-01', 8, false, '培训', 'Training',
   '乙方在安装后对甲方操作与维护人员进行现场培训。', 'After installation the supplier trains the buyer''s operators and technicians on site.'),
  ('DISPUTES', 1, '2026-01-01', 9, true, '争议解决', 'Disputes',
   '争议由双方协商解决；协商不成的，提交甲方所在地人民法院。', 'Disputes that cannot be settled between the parties go to the court at the buyer''s place.');
grant select on procurement.contract_rule_set, procurement.clause to yiqi_app, yiqi_worker, yiqi_auditor;

create table procurement.contract (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  org_id uuid not null,
  supplier_id uuid not null,
  plan_id uuid not null references procurement.plan(id),
  title text not null check (length(title) between 1 and 200),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  original_minor bigint not null check (original_minor > 0),
  amount_minor bigint not null check (amount_minor > 0),
  amend_percent int not null,
  rules_of date not null,
  delivery_by date not null,
  sign_by date not null,
  warranty_months int not null check (warranty_months between 0 and 240),
  state text not null check (state in ('DRAFTED', 'OFFERED', 'SIGNING', 'EFFECTIVE', 'AMENDING', 'TERMINATED')),
  pending_act uuid,
  ended_reason text not null default '' check (length(ended_reason) <= 2000),
  made_by uuid not null,
  made_at timestamptz not null,
  offered_at timestamptz,
  effective_at timestamptz,
  ended_at timestamptz,
  constraint contract_number_once unique (number),
  constraint contract_two_sides check (org_id <> supplier_id),
  -- 政府采购法 §49, whatever the code above it says.
  constraint contract_within_limit check (amount_minor - original_minor <= original_minor / 100 * amend_percent
    + original_minor % 100 * amend_percent / 100),
  constraint contract_ends_with_reason check ((state = 'TERMINATED') = (ended_reason <> ''))
);
-- A plan is bought once, until that contract is ended.
create unique index contract_of_plan on procurement.contract (plan_id) where state <> 'TERMINATED';
create index contract_buyer on procurement.contract (org_id, made_at desc, id desc);
create index contract_supplier on procurement.contract (supplier_id, made_at desc, id desc);
create index contract_words on procurement.contract using gin ((number || ' ' || title) gin_trgm_ops);

create table procurement.contract_item (
  contract_id uuid not null references procurement.contract(id),
  position int not null,
  description text not null check (length(description) between 1 and 200),
  model_id uuid,
  quantity int not null check (quantity between 1 and 10000),
  unit_minor bigint not null check (unit_minor > 0 and unit_minor <= 1000000000000),
  primary key (contract_id, position)
);
create table procurement.contract_clause (
  contract_id uuid not null references procurement.contract(id),
  position int not null,
  code text not null,
  clause_version int not null,
  primary key (contract_id, position),
  constraint contract_clause_once unique (contract_id, code),
  foreign key (code, clause_version) references procurement.clause(code, version)
);
create table procurement.contract_milestone (
  contract_id uuid not null references procurement.contract(id),
  position int not null,
  kind text not null check (kind in ('PREPAYMENT', 'PRODUCTION', 'SHIPPING', 'DELIVERY', 'INSTALLATION', 'ACCEPTANCE', 'WARRANTY')),
  due date not null,
  expected date not null,
  percent int not null check (percent between 0 and 100),
  state text not null default 'SCHEDULED' check (state in ('SCHEDULED', 'REPORTED', 'MET', 'PARTIALLY_MET', 'NOT_MET')),
  note text not null default '' check (length(note) <= 2000),
  reported_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  primary key (contract_id, position),
  constraint milestone_decided check ((state in ('MET', 'PARTIALLY_MET', 'NOT_MET')) = (decided_at is not null))
);
create index milestone_due on procurement.contract_milestone (expected) where state = 'SCHEDULED';
-- What both sides sign: the contract and each change of it, as the very bytes of its PDF.
create table procurement.contract_revision (
  contract_id uuid not null references procurement.contract(id),
  number int not null check (number > 0),
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null default '' check (length(reason) <= 2000),
  pdf bytea not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  act_id uuid,
  act_digest text not null default '',
  proposed_at timestamptz not null,
  signed_at timestamptz,
  lapsed boolean not null default false,
  primary key (contract_id, number),
  constraint revision_file_once unique (sha256),
  constraint revision_act_once unique (act_id)
);
-- One document at a time waits for signatures.
create unique index revision_one_open on procurement.contract_revision (contract_id) where signed_at is null and not lapsed;
create table procurement.contract_payment (
  id uuid primary key,
  contract_id uuid not null,
  milestone int not null,
  amount_minor bigint not null check (amount_minor > 0),
  reference text not null check (length(reference) between 1 and 60),
  paid_by uuid not null,
  paid_at timestamptz not null,
  foreign key (contract_id, milestone) references procurement.contract_milestone(contract_id, position),
  constraint milestone_paid_once unique (contract_id, milestone)
);
create function procurement.pays_what_is_met() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from procurement.contract_milestone m where m.contract_id = new.contract_id
      and m.position = new.milestone and m.state = 'MET') then
    raise exception 'only a met milestone is paid' using errcode = 'check_violation', constraint = 'milestone_met_before_paid';
  end if;
  return new;
end $$;
create trigger pays_what_is_met before insert on procurement.contract_payment for each row
  execute function procurement.pays_what_is_met();

do $$ declare t text; begin
  foreach t in array array['contract', 'contract_item', 'contract_clause', 'contract_milestone', 'contract_revision',
      'contract_payment'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['contract_item', 'contract_clause', 'contract_milestone'] loop
    execute format('grant delete on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['contract_item', 'contract_clause', 'contract_milestone', 'contract_revision', 'contract_payment'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.contract x where x.id = contract_id))
      with check (exists (select 1 from procurement.contract x where x.id = contract_id))', t || '_app', t);
  end loop;
end $$;
create policy contract_read on procurement.contract for select to yiqi_app using (
  org_id = (select shared.current_org()) or (supplier_id = (select shared.current_org()) and offered_at is not null) or (select shared.sees_all()));
create policy contract_new on procurement.contract for insert to yiqi_app with check (org_id = (select shared.current_org()));
create policy contract_change on procurement.contract for update to yiqi_app
  using (shared.sees_any(array[org_id, supplier_id])) with check (shared.sees_any(array[org_id, supplier_id]));

-- Whoever holds a contract's file may ask what it is: the digest of the whole file is the key.
create policy contract_owner on procurement.contract for select to yiqi_owner using (true);
create policy contract_revision_owner on procurement.contract_revision for select to yiqi_owner using (true);
create function procurement.contract_of_file(file_sha256 text)
  returns table (number text, revision int, title text, buyer uuid, supplier uuid, act_id uuid, act_digest text, signed_at timestamptz,
    latest boolean, state text)
  language sql stable security definer set search_path = procurement, pg_temp as $$
  select c.number, r.number, c.title, c.org_id, c.supplier_id, r.act_id, r.act_digest, r.signed_at,
    r.number = (select max(l.number) from procurement.contract_revision l where l.contract_id = c.id and l.signed_at is not null), c.state
    from procurement.contract_revision r join procurement.contract c on c.id = r.contract_id
   where r.sha256 = file_sha256 and not r.lapsed
$$;
grant execute on function procurement.contract_of_file(text) to yiqi_app, yiqi_worker;
