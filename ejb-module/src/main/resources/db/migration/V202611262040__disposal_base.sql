-- The end of a unit: proposal, valuation, opinion, approval, certificates, auction, payment, handover, certificate of its end.
-- What the law and the house decide is dated data: the rules of a day are those of the latest row that is not after it.
create schema disposal;
grant usage on schema disposal to yiqi_app, yiqi_worker, yiqi_auditor;
create sequence disposal.disposal_number;
grant usage on sequence disposal.disposal_number to yiqi_app, yiqi_worker;

create table disposal.rule_set (
  from_day date primary key,
  service_permille int not null,
  repair_permille int not null,
  residual_permille int not null,
  life_years int not null,
  discount_permille int not null,
  pause_permille int not null,
  relists int not null,
  relist_cut_permille int not null,
  rectification_hours int not null,
  snipe_seconds int not null,
  extension_seconds int not null,
  deposit_permille int not null,
  reveal_hours int not null,
  payment_days int not null,
  certificate_days int not null,
  authority_minor bigint not null,
  source text not null
);
insert into disposal.rule_set values ('2020-01-01', 300, 600, 50, 10, 60, 900, 2, 100, 48, 120, 120, 100, 24, 5, 30, 1500000000,
  '国卫财务函〔2018〕 (1,500万); 行政单位国有资产处置 (90%, 评估价); ASTM E3173; NIST SP 800-88 Rev. 1; two signals and 60 %: WHO medical device decommissioning (2019)');

-- Who signs within the owner's house, in which order, from which value on.
create table disposal.ladder_step (
  from_day date not null,
  above_minor bigint not null check (above_minor >= 0),
  position int not null check (position > 0),
  step text not null check (step in ('COMMITTEE', 'FINANCE', 'PARTY_COMMITTEE')),
  primary key (from_day, above_minor, position),
  unique (from_day, above_minor, step)
);
insert into disposal.ladder_step(from_day, above_minor, position, step)
select '2020-01-01', t.above, s.n, s.step
  from (values (0, array['COMMITTEE']), (10000000, array['COMMITTEE','FINANCE']),
               (100000000, array['COMMITTEE','FINANCE','PARTY_COMMITTEE'])) t(above, steps)
 cross join lateral unnest(t.steps) with ordinality s(step, n);

-- NIST SP 800-88 Rev. 1, appendix A: what makes the data on a medium unreadable.
create table disposal.wipe_method (
  medium text not null check (medium in ('HARD_DISK', 'SOLID_STATE', 'FLASH_CARD', 'TAPE', 'OPTICAL', 'PAPER_FILM', 'EMBEDDED')),
  method text not null check (method in ('CLEAR', 'PURGE', 'DESTROY')),
  from_day date not null,
  primary key (medium, method, from_day)
);
insert into disposal.wipe_method(from_day, medium, method) values
  ('2020-01-01', 'HARD_DISK', 'CLEAR'), ('2020-01-01', 'HARD_DISK', 'PURGE'), ('2020-01-01', 'HARD_DISK', 'DESTROY'),
  ('2020-01-01', 'SOLID_STATE', 'PURGE'), ('2020-01-01', 'SOLID_STATE', 'DESTROY'),
  ('2020-01-01', 'FLASH_CARD', 'CLEAR'), ('2020-01-01', 'FLASH_CARD', 'DESTROY'),
  ('2020-01-01', 'TAPE', 'CLEAR'), ('2020-01-01', 'TAPE', 'PURGE'), ('2020-01-01', 'TAPE', 'DESTROY'),
  ('2020-01-01', 'OPTICAL', 'DESTROY'), ('2020-01-01', 'PAPER_FILM', 'DESTROY'),
  ('2020-01-01', 'EMBEDDED', 'CLEAR'), ('2020-01-01', 'EMBEDDED', 'DESTROY');

-- What a class of devices is like at its end. The class * stands for those without a row.
create table disposal.class_figure (
  category text not null,
  from_day date not null,
  carbon_new_kg bigint not null check (carbon_new_kg > 0),
  weight_kg bigint not null check (weight_kg > 0),
  stores_data boolean not null,
  holds_source boolean not null,
  source text not null,
  primary key (category, from_day)
);
insert into disposal.class_figure values
  ('MRI', '2020-01-01', 52000, 9000, true, false, 'assumption: 5.8 kg CO2e per kg of device; helium and coils not counted'),
  ('CT', '2020-01-01', 14500, 2800, true, false, 'assumption: 5.2 kg CO2e per kg of device'),
  ('XRAY', '2020-01-01', 5200, 1000, true, false, 'assumption: 5.2 kg CO2e per kg of device'),
  ('RADIOTHERAPY', '2020-01-01', 42000, 8000, true, true, 'assumption: 5.2 kg CO2e per kg of device'),
  ('ULTRASOUND', '2020-01-01', 800, 130, true, false, 'assumption: 6.2 kg CO2e per kg of device'),
  ('VENTILATOR', '2020-01-01', 260, 45, false, false, 'assumption: 5.8 kg CO2e per kg of device'),
  ('MONITOR', '2020-01-01', 90, 12, true, false, 'assumption: 7.5 kg CO2e per kg of device'),
  ('LABORATORY', '2020-01-01', 1900, 350, true, false, 'assumption: 5.4 kg CO2e per kg of device'),
  ('*', '2020-01-01', 550, 100, false, false, 'assumption: 5.5 kg CO2e per kg of device');

-- The ways out, best first: what each brings of the appraised value, and what it spares of the making of a new device.
create table disposal.way_rule (
  from_day date not null,
  way text not null check (way in ('KEEP', 'REDEPLOY', 'DONATE', 'REFURBISH', 'PARTS', 'AUCTION', 'RECYCLE')),
  position int not null,
  value_permille int not null,
  carbon_permille int not null,
  needs_fit boolean not null,
  needs_support boolean not null,
  source text not null,
  primary key (from_day, way),
  unique (from_day, position)
);
insert into disposal.way_rule values
  ('2020-01-01', 'KEEP', 1, 1000, 700, true, false, 'assumption: a new device is made later'),
  ('2020-01-01', 'REDEPLOY', 2, 900, 650, true, true, 'assumption: transport and installation cost a tenth'),
  ('2020-01-01', 'DONATE', 3, 0, 600, true, true, 'only passed inspection and documents: 医疗器械使用质量监督管理办法 §20'),
  ('2020-01-01', 'REFURBISH', 4, 700, 550, false, true, 'COCIR Good Refurbishment Practice; assumption: 30 % of the value'),
  ('2020-01-01', 'PARTS', 5, 1000, 250, false, false, 'value of the parts named; assumption: a quarter of the device'),
  ('2020-01-01', 'AUCTION', 6, 1000, 120, false, false, 'assumption: the buyer recovers parts and material'),
  ('2020-01-01', 'RECYCLE', 7, 0, 80, false, false, '废弃电器电子产品回收处理管理条例; assumption: material only');
grant select on disposal.rule_set, disposal.ladder_step, disposal.wipe_method, disposal.class_figure, disposal.way_rule
  to yiqi_app, yiqi_worker, yiqi_auditor;

-- The line above which an authority signs, as a regulator put it on the ledger; without a row an authority signs each time.
create table disposal.value_line (
  act_id uuid primary key,
  org_id uuid not null,
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  set_at timestamptz not null
);
grant select, insert on disposal.value_line to yiqi_app, yiqi_worker;
grant select on disposal.value_line to yiqi_auditor;

-- Buying what a hospital disposes of asks for the licence to treat it.
insert into organisation.purpose_rule(purpose, credential_type, valid_from) values
  ('WASTE_TREATMENT', 'WASTE_TREATMENT_LICENCE', '2020-01-01');

create table disposal.disposal (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  unit_id uuid not null,
  org_id uuid not null,
  unit_zh text not null,
  unit_en text not null,
  asset_tag text not null,
  serial text not null,
  category text not null,
  cause text not null check (cause in ('OBSOLETE', 'BEYOND_REPAIR', 'SURPLUS', 'UNSAFE', 'NO_SUPPORT')),
  reason text not null check (length(reason) between 1 and 2000),
  work_order_id uuid,
  state text not null check (state in ('PROPOSED', 'VALUED', 'APPROVING', 'APPROVED', 'AUTHORISED', 'LISTED', 'PAUSED', 'VERIFYING',
    'AWAIT_PAYMENT', 'PAID', 'AWARDED', 'TAKEN', 'HANDED_OVER', 'COMPLETED', 'WITHDRAWN')),
  made_by uuid not null,
  made_at timestamptz not null,
  value_low bigint, value_likely bigint, value_high bigint,
  currency text not null default 'CNY',
  confidence text check (confidence in ('LOW', 'MEDIUM', 'HIGH')),
  verdict text check (verdict in ('KEEP', 'RETIRE')),
  way text,
  rules_of date,
  weight_kg bigint,
  storage_stated boolean not null default false,
  authority_id uuid,
  act_id uuid,
  act_type text,
  authorised_act uuid,
  recycler_id uuid,
  price_minor bigint,
  pay_by timestamptz,
  paid_reference text,
  handed_over_at timestamptz,
  certificate_by timestamptz,
  overdue boolean not null default false,
  outcome text check (outcome in ('DESTROYED', 'RECYCLED', 'REUSED')),
  completed_at timestamptz,
  closing_note text not null default '',
  -- What the certificate's digest on the ledger was made of.
  certificate_salt bytea,
  certificate_text text,
  constraint disposal_number_once unique (number),
  constraint disposal_done check ((state = 'COMPLETED') = (completed_at is not null and outcome is not null))
);
-- One way to the end at a time, and after the end none.
create unique index disposal_one_open on disposal.disposal (unit_id) where state <> 'WITHDRAWN';
create index disposal_org on disposal.disposal (org_id, made_at, id);
create index disposal_made on disposal.disposal (made_at, id);
create index disposal_recycler on disposal.disposal (recycler_id, made_at) where recycler_id is not null;
create index disposal_pay_by on disposal.disposal (pay_by) where state = 'AWAIT_PAYMENT';
create index disposal_certificate_by on disposal.disposal (certificate_by) where state = 'HANDED_OVER';

create table disposal.estimate (
  disposal_id uuid not null references disposal.disposal(id),
  method text not null check (method in ('BOOK', 'COMPARABLES', 'INCOME', 'PARTS')),
  low_minor bigint not null, likely_minor bigint not null, high_minor bigint not null,
  confidence text not null check (confidence in ('LOW', 'MEDIUM', 'HIGH')),
  reason text not null,
  facts text[] not null,
  primary key (disposal_id, method),
  constraint estimate_in_order check (0 <= low_minor and low_minor <= likely_minor and likely_minor <= high_minor)
);
create table disposal.signal (
  disposal_id uuid not null references disposal.disposal(id),
  code text not null,
  facts text[] not null,
  primary key (disposal_id, code)
);
create table disposal.way (
  disposal_id uuid not null references disposal.disposal(id),
  way text not null,
  position int not null,
  open boolean not null,
  rule text not null,
  value_minor bigint not null,
  carbon_kg bigint not null,
  source text not null,
  primary key (disposal_id, way)
);
-- Who proposed never approves, and nobody signs twice.
create table disposal.approval (
  disposal_id uuid not null references disposal.disposal(id),
  round int not null,
  position int not null,
  step text not null,
  state text not null check (state in ('WAITING', 'SIGNED', 'REJECTED', 'LEFT')),
  made_by uuid not null,
  person_id uuid,
  decided_at timestamptz,
  note text not null default '' check (length(note) <= 2000),
  primary key (disposal_id, round, position),
  constraint approval_not_own check (person_id <> made_by),
  constraint approval_decided check ((state in ('SIGNED', 'REJECTED')) = (person_id is not null and decided_at is not null))
);
create unique index approval_one_hat on disposal.approval (disposal_id, round, person_id);

create table disposal.medium (
  id uuid primary key,
  disposal_id uuid not null references disposal.disposal(id),
  medium text not null,
  label text not null check (length(label) between 1 and 120),
  constraint medium_once unique (disposal_id, label)
);
create table disposal.certificate (
  id uuid primary key,
  disposal_id uuid not null references disposal.disposal(id),
  kind text not null check (kind in ('WIPE', 'DECONTAMINATION', 'SOURCE_REMOVAL')),
  medium_id uuid references disposal.medium(id),
  method text check (method in ('CLEAR', 'PURGE', 'DESTROY')),
  issuer text not null check (length(issuer) between 1 and 200),
  issued_on date not null,
  document_id uuid,
  person_id uuid not null,
  added_at timestamptz not null,
  constraint certificate_of_medium check ((kind = 'WIPE') = (medium_id is not null and method is not null))
);
create unique index certificate_once on disposal.certificate (disposal_id, kind, coalesce(medium_id, disposal_id));
create table disposal.material (
  disposal_id uuid not null references disposal.disposal(id),
  material text not null check (material in ('STEEL', 'ALUMINIUM', 'COPPER', 'PLASTIC', 'GLASS', 'CIRCUIT_BOARD', 'BATTERY', 'LEAD', 'OTHER')),
  grams bigint not null check (grams > 0),
  primary key (disposal_id, material)
);

-- What recyclers see of a listing. What the owner keeps to itself is in reserve.
create table disposal.auction (
  id uuid primary key,
  version bigint not null default 0,
  disposal_id uuid not null references disposal.disposal(id),
  number text not null,
  round int not null,
  unit_id uuid not null,
  owner_id uuid not null,
  unit_zh text not null,
  unit_en text not null,
  category text not null,
  condition text not null,
  region_code text not null,
  description text not null check (length(description) <= 4000),
  kind text not null check (kind in ('SEALED', 'ENGLISH', 'DUTCH')),
  state text not null check (state in ('RUNNING', 'PAUSED', 'SOLD', 'ENDED')),
  pause_code text not null default '',
  currency text not null,
  start_minor bigint not null check (start_minor > 0),
  step_minor bigint not null check (step_minor > 0),
  step_seconds int not null check (step_seconds > 0),
  deposit_minor bigint not null check (deposit_minor > 0),
  listed_at timestamptz not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  reveal_until timestamptz,
  bids int not null default 0,
  best_minor bigint,
  constraint auction_ends_after_it_begins check (closes_at > opens_at and opens_at >= listed_at)
);
create unique index auction_one_open on disposal.auction (disposal_id) where state in ('RUNNING', 'PAUSED');
create index auction_listed on disposal.auction (closes_at, id);
create index auction_past on disposal.auction (category, closes_at) where state = 'SOLD';
create table disposal.reserve (
  auction_id uuid primary key references disposal.auction(id),
  owner_id uuid not null,
  reserve_minor bigint not null check (reserve_minor > 0)
);
create table disposal.bidder (
  auction_id uuid not null references disposal.auction(id),
  org_id uuid not null,
  owner_id uuid not null,
  place int not null,
  deposit_id uuid not null unique,
  deposit_minor bigint not null,
  reference text not null check (length(reference) between 1 and 120),
  state text not null check (state in ('HELD', 'RELEASED', 'FORFEITED')),
  joined_at timestamptz not null,
  primary key (auction_id, org_id),
  constraint bidder_place unique (auction_id, place),
  constraint bidder_not_the_owner check (org_id <> owner_id)
);
-- One order of bids for all to see: the number is given under the auction's lock.
create table disposal.bid (
  auction_id uuid not null references disposal.auction(id),
  seq int not null check (seq > 0),
  org_id uuid not null,
  owner_id uuid not null,
  at timestamptz not null,
  amount_minor bigint check (amount_minor > 0),
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  revealed_at timestamptz,
  primary key (auction_id, seq)
);
create unique index bid_sealed_once on disposal.bid (auction_id, org_id) where digest is not null;
-- Who has the right to buy, in the order in which they step in.
create table disposal.rank (
  auction_id uuid not null references disposal.auction(id),
  position int not null,
  org_id uuid not null,
  owner_id uuid not null,
  amount_minor bigint not null,
  state text not null check (state in ('WAITING', 'CHOSEN', 'REFUSED', 'DEFAULTED', 'PAID')),
  primary key (auction_id, position),
  unique (auction_id, org_id)
);
create unique index rank_one_chosen on disposal.rank (auction_id) where state in ('CHOSEN', 'PAID');

do $$ declare t text; begin
  foreach t in array array['value_line', 'disposal', 'estimate', 'signal', 'way', 'approval', 'medium', 'certificate', 'material',
      'auction', 'reserve', 'bidder', 'bid', 'rank'] loop
    execute format('alter table disposal.%I enable row level security', t);
    execute format('alter table disposal.%I force row level security', t);
    execute format('create policy %I on disposal.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on disposal.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on disposal.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on disposal.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['estimate', 'signal', 'way', 'approval', 'medium', 'certificate', 'material'] loop
    execute format('create policy %I on disposal.%I for all to yiqi_app
      using (exists (select 1 from disposal.disposal d where d.id = disposal_id))
      with check (exists (select 1 from disposal.disposal d where d.id = disposal_id))', t || '_app', t);
  end loop;
  foreach t in array array['estimate', 'signal', 'way', 'medium', 'material'] loop
    execute format('grant delete on disposal.%I to yiqi_app, yiqi_worker', t);
  end loop;
end $$;
revoke update on disposal.value_line from yiqi_app, yiqi_worker;
create policy value_line_read on disposal.value_line for select to yiqi_app
  using ((select shared.current_org()) is not null or (select shared.sees_all()));
create policy value_line_new on disposal.value_line for insert to yiqi_app with check (shared.sees(org_id));
create policy disposal_app on disposal.disposal for all to yiqi_app
  using (shared.sees_any(array[org_id, recycler_id])) with check (shared.sees_any(array[org_id, recycler_id]));
create policy auction_read on disposal.auction for select to yiqi_app using (shared.scope() <> '');
create policy auction_new on disposal.auction for insert to yiqi_app with check (shared.sees(owner_id));
create policy reserve_app on disposal.reserve for all to yiqi_app using (shared.sees(owner_id)) with check (shared.sees(owner_id));
create policy bidder_app on disposal.bidder for all to yiqi_app
  using (shared.sees_any(array[org_id, owner_id])) with check (shared.sees_any(array[org_id, owner_id]));
-- Those who have paid the deposit move the price and the end; its owner the rest.
create policy auction_change on disposal.auction for update to yiqi_app
  using (shared.sees(owner_id) or exists (select 1 from disposal.bidder b where b.auction_id = id and b.org_id = shared.current_org()))
  with check (true);
create policy bid_app on disposal.bid for all to yiqi_app
  using (shared.sees_any(array[org_id, owner_id])) with check (shared.sees(org_id));
create policy rank_app on disposal.rank for all to yiqi_app
  using (shared.sees_any(array[org_id, owner_id])) with check (shared.sees(owner_id));
revoke update on disposal.bid from yiqi_app, yiqi_worker;
grant update (amount_minor, revealed_at) on disposal.bid to yiqi_app, yiqi_worker;

-- The board of an auction: places instead of names, no amount of a sealed bid before it is revealed after the end.
create policy bid_owner_role on disposal.bid for select to yiqi_owner using (true);
create policy bidder_owner_role on disposal.bidder for select to yiqi_owner using (true);
create function disposal.board(auction uuid, me uuid)
  returns table (seq int, at timestamptz, amount_minor bigint, digest text, place int, mine boolean)
  language sql stable security definer set search_path = disposal, pg_temp as $$
  select b.seq, b.at, b.amount_minor, b.digest, p.place, b.org_id = me
    from disposal.bid b join disposal.bidder p on p.auction_id = b.auction_id and p.org_id = b.org_id
   where b.auction_id = auction order by b.seq $$;
revoke all on function disposal.board from public;
grant execute on function disposal.board to yiqi_app, yiqi_worker;
create function disposal.places(auction uuid) returns int language sql stable security definer
  set search_path = disposal, pg_temp as $$ select count(*)::int from disposal.bidder b where b.auction_id = auction $$;
revoke all on function disposal.places from public;
grant execute on function disposal.places to yiqi_app, yiqi_worker;

-- Whether a person works for an organisation: nobody of the owner's side bids.
create function disposal.is_member(person uuid, org uuid) returns boolean language sql stable security definer
  set search_path = disposal, pg_temp as $$
  select exists (select 1 from organisation.membership m where m.person_id = person and m.org_id = org and m.ended_at is null) $$;
revoke all on function disposal.is_member from public;
grant execute on function disposal.is_member to yiqi_app, yiqi_worker;

-- Prices that others got, without who and for what.
create policy auction_owner_role on disposal.auction for select to yiqi_owner using (true);
create policy disposal_owner_role on disposal.disposal for select to yiqi_owner using (true);
create function disposal.past_prices(wanted text, unit_currency text, since timestamptz)
  returns table (price_minor bigint) language sql stable security definer set search_path = disposal, pg_temp as $$
  select d.price_minor from disposal.auction a join disposal.disposal d on d.id = a.disposal_id
   where a.category = wanted and a.state = 'SOLD' and a.currency = unit_currency and a.closes_at >= since and d.price_minor is not null
   order by a.closes_at desc limit 50 $$;
revoke all on function disposal.past_prices from public;
grant execute on function disposal.past_prices to yiqi_app, yiqi_worker;

-- A unit that is no more never comes back; one certified for reuse may, by whoever has it then, with its history.
alter table equipment.unit add column left_for_reuse boolean not null default false, add column predecessor_id uuid;
grant update (left_for_reuse) on equipment.unit to yiqi_app, yiqi_worker;
drop index equipment.unit_serial;
create unique index unit_serial on equipment.unit (model_id, serial) where serial <> '' and not left_for_reuse;
create table equipment.tombstone (
  unit_id uuid primary key,
  model_id uuid not null,
  maker text not null,
  model_number text not null,
  serial text not null,
  udi text not null,
  at timestamptz not null
);
create index tombstone_serial on equipment.tombstone (serial) where serial <> '';
create index tombstone_udi on equipment.tombstone (udi) where udi <> '';
create index unit_predecessor on equipment.unit (serial, model_id) where left_for_reuse;
grant select, insert on equipment.tombstone to yiqi_app, yiqi_worker;
grant select on equipment.tombstone to yiqi_owner, yiqi_auditor;
alter table equipment.tombstone enable row level security;
alter table equipment.tombstone force row level security;
create policy tombstone_app on equipment.tombstone for all to yiqi_app
  using ((select shared.current_org()) is not null or (select shared.sees_all())) with check (true);
create policy tombstone_worker on equipment.tombstone for all to yiqi_worker using (true) with check (true);
create policy tombstone_read on equipment.tombstone for select to yiqi_owner, yiqi_auditor using (true);
create function equipment.refuse_the_dead() returns trigger language plpgsql security definer set search_path = equipment, pg_temp as $$
begin
  if exists (select 1 from equipment.tombstone t
              where (new.serial <> '' and t.serial = new.serial and (t.model_id = new.model_id or exists (select 1 from equipment.model m
                      where m.id = new.model_id and lower(m.manufacturer) = t.maker and lower(m.model_number) = t.model_number)))
                 or (new.udi <> '' and t.udi = new.udi and t.serial <> '')) then
    raise exception 'this device is no more' using errcode = 'unique_violation', constraint = 'unit_tombstone';
  end if;
  select u.id into new.predecessor_id from equipment.unit u
   where u.left_for_reuse and new.serial <> '' and u.serial = new.serial and u.model_id = new.model_id and u.id <> new.id
   order by u.updated_at desc limit 1;
  return new;
end $$;
create trigger unit_is_not_dead before insert on equipment.unit for each row execute function equipment.refuse_the_dead();
create trigger unit_does_not_become_dead before update of serial, udi on equipment.unit for each row
  when (old.serial is distinct from new.serial or old.udi is distinct from new.udi) execute function equipment.refuse_the_dead();

-- What an earlier life left behind, for who may see the unit that follows it.
create policy history_owner_role on equipment.history for select to yiqi_owner using (true);
create function equipment.earlier_life(unit uuid) returns table (unit_id uuid, at timestamptz, kind text, org_id uuid)
  language sql stable security definer set search_path = equipment, pg_temp as $$
  with recursive life as (
    select u.predecessor_id as id from equipment.unit u where u.id = unit and u.predecessor_id is not null
    union select u.predecessor_id from equipment.unit u join life l on u.id = l.id where u.predecessor_id is not null)
  select h.unit_id, h.at, h.kind, h.org_id from equipment.history h join life l on l.id = h.unit_id order by h.at desc $$;
revoke all on function equipment.earlier_life from public;
grant execute on function equipment.earlier_life to yiqi_app, yiqi_worker;

-- Deposits and the price go through the books of both sides.
alter table billing.entry drop constraint entry_reason_check;
alter table billing.entry add constraint entry_reason_check check (reason in ('INVOICE', 'PAYMENT', 'DEPOSIT',
  'DEPOSIT_RELEASE', 'DAMAGE', 'DAMAGE_REVERSAL', 'CAPTURE', 'CAPTURE_REVERSAL', 'DEPOSIT_HELD', 'DEPOSIT_ENDED', 'DISPOSAL_SALE'));
alter table billing.posting drop constraint posting_account_check;
alter table billing.posting add constraint posting_account_check check (account in ('BANK', 'RECEIVABLE', 'RENTAL_INCOME',
  'PAYABLE', 'RENTAL_EXPENSE', 'DEPOSIT_HELD', 'DEPOSIT_GIVEN', 'DAMAGE_RECOVERY', 'DAMAGE_EXPENSE', 'FORFEIT_INCOME',
  'FORFEIT_EXPENSE', 'DISPOSAL_INCOME', 'SALVAGE'));
