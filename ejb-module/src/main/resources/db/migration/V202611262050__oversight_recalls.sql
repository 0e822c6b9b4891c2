-- Recalls by model, lot or serial range: what was found, what was held, who was told and who answered.
create sequence oversight.recall_number;
grant usage on sequence oversight.recall_number to yiqi_app, yiqi_worker;

-- How soon those concerned must be told: the rule of a day is the latest that is not after it.
create table oversight.recall_rule (
  recall_class text not null check (recall_class in ('I', 'II', 'III')),
  from_day date not null,
  notice_days int not null check (notice_days > 0),
  source text not null,
  primary key (recall_class, from_day)
);
insert into oversight.recall_rule values
  ('I', '2017-05-01', 1, '医疗器械召回管理办法 (国家食品药品监督管理总局令第29号)'),
  ('II', '2017-05-01', 3, '医疗器械召回管理办法 (国家食品药品监督管理总局令第29号)'),
  ('III', '2017-05-01', 7, '医疗器械召回管理办法 (国家食品药品监督管理总局令第29号)');
grant select on oversight.recall_rule to yiqi_app, yiqi_worker, yiqi_auditor;

create table oversight.recall (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  org_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  reason text not null check (length(reason) between 1 and 4000),
  recall_class text not null check (recall_class in ('I', 'II', 'III')),
  model_id uuid,
  device_identifier text not null default '' check (length(device_identifier) <= 60),
  lot text not null default '' check (length(lot) <= 60),
  serial_from text not null default '' check (length(serial_from) <= 60),
  serial_to text not null default '' check (length(serial_to) <= 60),
  state text not null check (state in ('ISSUED', 'LIFTED')),
  rule_of date not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  notice_due timestamptz not null,
  lifted_by uuid,
  lifted_at timestamptz,
  lifted_reason text not null default '' check (length(lifted_reason) <= 2000),
  constraint recall_number_once unique (number),
  constraint recall_names_a_product check (model_id is not null or device_identifier <> ''),
  constraint recall_range_is_whole check ((serial_from = '') = (serial_to = '')),
  constraint recall_lifted_says_why check ((state = 'LIFTED') = (lifted_at is not null) and (state = 'ISSUED' or lifted_reason <> ''))
);
-- The same units are not recalled twice at a time.
create unique index recall_same_scope on oversight.recall
  (coalesce(model_id::text, device_identifier), lot, serial_from, serial_to) where state = 'ISSUED';
create index recall_issued on oversight.recall (issued_at desc, id desc);

create table oversight.recall_unit (
  recall_id uuid not null references oversight.recall(id),
  unit_id uuid not null,
  -- The unit itself is recalled, or a part that is fitted in it.
  found_as text not null check (found_as in ('UNIT', 'PART')),
  owner_id uuid not null,
  custodian_id uuid not null,
  status_found text not null,
  held boolean not null default false,
  act_id uuid,
  release_act_id uuid,
  -- Why the ledger did not take the act, as its code.
  refusal text not null default '',
  primary key (recall_id, unit_id),
  constraint recall_unit_act_only_on_held check (act_id is null or held),
  constraint recall_unit_release_follows check (release_act_id is null or act_id is not null)
);
create index recall_unit_unit on oversight.recall_unit (unit_id);
create index recall_unit_custodian on oversight.recall_unit (custodian_id, recall_id);
create index recall_unit_owner on oversight.recall_unit (owner_id, recall_id);
create index recall_unit_unsigned on oversight.recall_unit (recall_id, unit_id) where held and act_id is null and refusal = '';
create index recall_unit_unreleased on oversight.recall_unit (recall_id, unit_id)
  where act_id is not null and release_act_id is null and refusal = '';

create table oversight.recall_notice (
  id uuid primary key,
  recall_id uuid not null references oversight.recall(id),
  org_id uuid not null,
  as_custodian boolean not null,
  as_owner boolean not null,
  as_lessee boolean not null,
  units int not null check (units >= 0),
  bookings int not null check (bookings >= 0),
  sent_at timestamptz not null,
  due_at timestamptz not null,
  reminders int not null default 0,
  reminded_at timestamptz,
  received_at timestamptz,
  received_by uuid,
  answer text not null default '' check (length(answer) <= 2000),
  constraint recall_notice_once unique (recall_id, org_id),
  constraint recall_notice_says_why check (as_custodian or as_owner or as_lessee),
  constraint recall_notice_receipt check ((received_at is null) = (received_by is null))
);
create index recall_notice_org on oversight.recall_notice (org_id, sent_at desc);
create index recall_notice_open on oversight.recall_notice (due_at) where received_at is null;

do $$
declare t text;
begin
  foreach t in array array['recall', 'recall_unit', 'recall_notice'] loop
    execute format('alter table oversight.%I enable row level security', t);
    execute format('alter table oversight.%I force row level security', t);
    execute format('create policy %I on oversight.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on oversight.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on oversight.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on oversight.%I to yiqi_auditor', t);
  end loop;
end $$;
create policy recall_notice_read on oversight.recall_notice for select to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all()));
create policy recall_notice_insert on oversight.recall_notice for insert to yiqi_app with check ((select shared.sees_all()));
create policy recall_notice_update on oversight.recall_notice for update to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all())) with check (true);
create policy recall_read on oversight.recall for select to yiqi_app using ((select shared.sees_all()) or exists
  (select 1 from oversight.recall_notice n where n.recall_id = recall.id and n.org_id = (select shared.current_org())));
create policy recall_write on oversight.recall for insert to yiqi_app with check ((select shared.sees_all()));
create policy recall_change on oversight.recall for update to yiqi_app using ((select shared.sees_all())) with check ((select shared.sees_all()));
create policy recall_unit_read on oversight.recall_unit for select to yiqi_app using (custodian_id = (select shared.current_org())
  or owner_id = (select shared.current_org()) or (select shared.sees_all()));
create policy recall_unit_insert on oversight.recall_unit for insert to yiqi_app with check ((select shared.sees_all()));
create policy recall_unit_update on oversight.recall_unit for update to yiqi_app using ((select shared.sees_all())) with check ((select shared.sees_all()));

-- A recall looks for the units of a lot, and for parts by what is printed on them.
create index unit_model_lot on equipment.unit (model_id, lot) where lot <> '';
create index part_use_udi on maintenance.part_use using gin (udi gin_trgm_ops) where udi <> '';
create index hold_reference on equipment.hold (reference_id) where released_at is null;
