-- Delivery by scan, checks with numbers, acceptance by three people of the buyer.
alter table procurement.contract
  add column acceptance text not null default '' check (acceptance in ('', 'ACCEPTED', 'PARTIAL', 'REJECTED')),
  add column acceptance_round int not null default 1 check (acceptance_round > 0),
  add column accepted_at timestamptz,
  add column warranty_until date;
alter table procurement.contract add constraint warranty_from_acceptance check ((accepted_at is null) = (warranty_until is null));

-- What a device of a class is measured for. The class * stands for all; the limits of a day are those of the latest row not after it.
create table procurement.acceptance_check (
  category text not null,
  code text not null check (code ~ '^[A-Z0-9_]{1,40}$'),
  from_day date not null,
  stage text not null check (stage in ('IQ', 'OQ', 'PQ')),
  position int not null,
  name_zh text not null,
  name_en text not null,
  unit text not null,
  low numeric not null,
  high numeric not null,
  source text not null,
  primary key (category, code, from_day),
  constraint limits_in_order check (low <= high)
);
insert into procurement.acceptance_check(category, code, from_day, stage, position, name_zh, name_en, unit, low, high, source) values
  ('*', 'EARTH', '2020-01-01', 'IQ', 1, '保护接地电阻', 'Protective earth resistance', 'Ω', 0, 0.3, 'IEC 62353'),
  ('*', 'LEAKAGE', '2020-01-01', 'IQ', 2, '设备漏电流（直接法）', 'Equipment leakage current, direct', 'µA', 0, 500, 'IEC 62353'),
  ('*', 'MAINS', '2020-01-01', 'OQ', 3, '供电电压', 'Mains voltage', 'V', 198, 242, 'GB/T 12325'),
  ('MONITOR', 'HEART_RATE', '2020-01-01', 'PQ', 4, '心率误差', 'Heart rate error', '1/min', -5, 5, 'IEC 60601-2-27'),
  ('MONITOR', 'SPO2', '2020-01-01', 'PQ', 5, '血氧饱和度误差', 'Oxygen saturation error', '%', -4, 4, 'ISO 80601-2-61'),
  ('VENTILATOR', 'TIDAL_VOLUME', '2020-01-01', 'PQ', 4, '潮气量误差', 'Tidal volume error', '%', -15, 15, 'JJF 1234'),
  ('VENTILATOR', 'OXYGEN', '2020-01-01', 'PQ', 5, '吸入氧浓度误差', 'Oxygen concentration error', '%', -5, 5, 'JJF 1234');
grant select on procurement.acceptance_check to yiqi_app, yiqi_worker, yiqi_auditor;

create table procurement.delivered_unit (
  id uuid primary key,
  contract_id uuid not null references procurement.contract(id),
  item int not null,
  udi text not null check (length(udi) between 1 and 400),
  device_identifier text not null,
  serial text not null check (length(serial) between 1 and 60),
  state text not null default 'DELIVERED' check (state in ('DELIVERED', 'PASSED', 'FAILED')),
  defects text not null default '' check (length(defects) <= 2000),
  delivered_at timestamptz not null,
  judged_by uuid,
  judged_at timestamptz,
  accepted_at timestamptz,
  unit_id uuid,
  foreign key (contract_id, item) references procurement.contract_item(contract_id, position),
  constraint delivered_once unique (device_identifier, serial),
  constraint delivered_into_inventory_once unique (unit_id),
  constraint delivered_judged check ((state = 'DELIVERED') = (judged_at is null)),
  constraint delivered_failed_says_why check (state <> 'FAILED' or length(defects) > 0),
  constraint only_passed_is_accepted check (accepted_at is null or state = 'PASSED'),
  constraint only_accepted_enters check (unit_id is null or accepted_at is not null)
);
create index delivered_contract on procurement.delivered_unit (contract_id, delivered_at);
create table procurement.delivered_check (
  unit_id uuid not null references procurement.delivered_unit(id),
  code text not null,
  value numeric not null,
  passed boolean not null,
  primary key (unit_id, code)
);
-- Three hats on three heads: no person signs two, whatever the roles.
create table procurement.acceptance_signature (
  contract_id uuid not null references procurement.contract(id),
  round int not null,
  hat text not null check (hat in ('EQUIPMENT', 'CLINICAL', 'FINANCE')),
  person_id uuid not null,
  signed_at timestamptz not null,
  primary key (contract_id, round, hat),
  constraint acceptance_three_people unique (contract_id, round, person_id)
);
-- Nothing is accepted before three have signed.
create function procurement.three_have_signed() returns trigger language plpgsql as $$
begin
  if (select count(*) from procurement.acceptance_signature s
       where s.contract_id = new.id and s.round = old.acceptance_round) < 3 then
    raise exception 'three people accept' using errcode = 'check_violation', constraint = 'acceptance_needs_three';
  end if;
  return new;
end $$;
create trigger three_have_signed before update of acceptance on procurement.contract for each row
  when (new.acceptance is distinct from old.acceptance) execute function procurement.three_have_signed();

do $$ declare t text; begin
  foreach t in array array['delivered_unit', 'delivered_check', 'acceptance_signature'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['delivered_unit', 'acceptance_signature'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.contract x where x.id = contract_id))
      with check (exists (select 1 from procurement.contract x where x.id = contract_id))', t || '_app', t);
  end loop;
end $$;
create policy delivered_check_app on procurement.delivered_check for all to yiqi_app
  using (exists (select 1 from procurement.delivered_unit x where x.id = delivered_check.unit_id))
  with check (exists (select 1 from procurement.delivered_unit x where x.id = delivered_check.unit_id));
