-- The ways out other than a sale are carried out: to another department, to another organisation, refurbished, or for parts.
alter table disposal.disposal
  add column chosen_way text check (chosen_way in ('REDEPLOY', 'DONATE', 'REFURBISH', 'PARTS', 'AUCTION', 'RECYCLE')),
  add column receiver_id uuid,
  add column receiver_tag text not null default '' check (length(receiver_tag) <= 60),
  add column department text not null default '' check (length(department) <= 100),
  add column site text not null default '' check (length(site) <= 200),
  add column moved_by uuid,
  add column received_by uuid,
  add column refurbish_order uuid,
  add column end_number text not null default '' check (length(end_number) <= 80);
-- What was sent up before there was a choice went the one way that there was.
update disposal.disposal set chosen_way = 'AUCTION' where state not in ('PROPOSED', 'VALUED', 'WITHDRAWN');
alter table disposal.disposal drop constraint disposal_state_check;
alter table disposal.disposal add constraint disposal_state_check check (state in ('PROPOSED', 'VALUED', 'APPROVING', 'APPROVED',
  'AUTHORISED', 'MOVING', 'REFURBISHING', 'DISMANTLED', 'LISTED', 'PAUSED', 'VERIFYING', 'AWAIT_PAYMENT', 'PAID', 'AWARDED', 'TAKEN',
  'HANDED_OVER', 'COMPLETED', 'WITHDRAWN'));
alter table disposal.disposal drop constraint disposal_outcome_check;
alter table disposal.disposal add constraint disposal_outcome_check check (outcome in ('DESTROYED', 'RECYCLED', 'REUSED', 'DISMANTLED',
  'REDEPLOYED', 'DONATED', 'REFURBISHED'));
alter table disposal.disposal
  add constraint disposal_receiver check (receiver_id is null or (chosen_way in ('REDEPLOY', 'DONATE') and receiver_id <> org_id)),
  -- Both sides sign for a unit that moves within its house: two people.
  add constraint disposal_two_people check (received_by is null or received_by <> moved_by),
  add constraint disposal_way_of_outcome check (outcome is null or outcome not in ('DISMANTLED', 'REDEPLOYED', 'DONATED', 'REFURBISHED')
    or chosen_way = case outcome when 'DISMANTLED' then 'PARTS' when 'REDEPLOYED' then 'REDEPLOY' when 'DONATED' then 'DONATE'
                                 else 'REFURBISH' end);
-- A unit that lives on may come to its end later.
drop index disposal.disposal_one_open;
create unique index disposal_one_open on disposal.disposal (unit_id)
  where state <> 'WITHDRAWN' and not (state = 'COMPLETED' and outcome in ('REDEPLOYED', 'DONATED', 'REFURBISHED'));
create index disposal_receiver_made on disposal.disposal (receiver_id, made_at) where receiver_id is not null;
create unique index disposal_refurbish_order on disposal.disposal (refurbish_order) where refurbish_order is not null;
alter policy disposal_app on disposal.disposal
  using (shared.sees_any(array[org_id, recycler_id, receiver_id])) with check (shared.sees_any(array[org_id, recycler_id, receiver_id]));

-- What was taken out of a unit for the stock of spare parts.
create table disposal.recovered_part (
  id uuid primary key,
  disposal_id uuid not null references disposal.disposal(id),
  position int not null check (position > 0),
  number text not null check (length(number) between 1 and 100),
  name text not null check (length(name) between 1 and 200),
  quantity int not null check (quantity between 1 and 1000),
  serial_number text not null default '' check (length(serial_number) <= 100),
  value_minor bigint not null check (value_minor >= 0),
  station_id uuid not null,
  unique (disposal_id, position)
);
create unique index recovered_serial on disposal.recovered_part (disposal_id, number, serial_number) where serial_number <> '';
alter table disposal.recovered_part enable row level security;
alter table disposal.recovered_part force row level security;
create policy recovered_part_app on disposal.recovered_part for all to yiqi_app
  using (exists (select 1 from disposal.disposal d where d.id = disposal_id))
  with check (exists (select 1 from disposal.disposal d where d.id = disposal_id));
create policy recovered_part_worker on disposal.recovered_part for all to yiqi_worker using (true) with check (true);
create policy recovered_part_auditor on disposal.recovered_part for select to yiqi_auditor using (true);
grant select, insert, delete on disposal.recovered_part to yiqi_app, yiqi_worker;
grant select on disposal.recovered_part to yiqi_auditor;

-- Where parts in stock come from, when they were not bought; only ever added to.
create table maintenance.part_origin (
  id uuid primary key,
  part_id uuid not null references maintenance.part(id),
  station_id uuid not null references maintenance.station(id),
  unit_id uuid not null,
  asset_tag text not null,
  reference_id uuid not null,
  quantity int not null check (quantity > 0),
  serial_number text not null default '',
  at timestamptz not null
);
create index part_origin_part on maintenance.part_origin (part_id);
create index part_origin_unit on maintenance.part_origin (unit_id);
create index part_origin_serial on maintenance.part_origin (serial_number) where serial_number <> '';
alter table maintenance.part_origin enable row level security;
alter table maintenance.part_origin force row level security;
create policy part_origin_app on maintenance.part_origin for all to yiqi_app
  using (exists (select 1 from maintenance.part p where p.id = part_id))
  with check (exists (select 1 from maintenance.part p where p.id = part_id));
create policy part_origin_worker on maintenance.part_origin for all to yiqi_worker using (true) with check (true);
create policy part_origin_auditor on maintenance.part_origin for select to yiqi_auditor using (true);
grant select, insert on maintenance.part_origin to yiqi_app, yiqi_worker;
grant select on maintenance.part_origin to yiqi_auditor;
