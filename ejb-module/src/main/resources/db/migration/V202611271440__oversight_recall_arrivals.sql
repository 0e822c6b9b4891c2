-- A recall reaches what comes after it too: a unit that is registered, described anew or handed over, and a part that is fitted.

-- Whoever changes what a unit is, or whose, shares this lock; a recall takes it alone before it searches. So a unit is either there when
-- the recall searches, or finds the recall when it comes: never neither.
create function equipment.share_identities() returns void language sql as
  $$ select pg_advisory_xact_lock_shared(hashtextextended('equipment.identities', 0)) $$;
create function equipment.close_identities() returns void language sql as
  $$ select pg_advisory_xact_lock(hashtextextended('equipment.identities', 0)) $$;

-- Shorter numbers come before longer ones, as people count.
create function oversight.in_serials(serial text, first text, last text) returns boolean language sql immutable parallel safe as $$
  select first = '' or serial <> '' and (length(serial), serial collate "C")
    between (length(first), first collate "C") and (length(last), last collate "C") $$;

do $$
declare t text;
begin
  foreach t in array array['oversight.recall', 'oversight.recall_unit', 'oversight.recall_notice', 'equipment.hold', 'equipment.history',
      'maintenance.part_use'] loop
    execute format('create policy %I on %s for all to yiqi_owner using (true) with check (true)', split_part(t, '.', 2) || '_arrivals', t);
  end loop;
end $$;

alter table oversight.recall_unit add column found_at timestamptz;
update oversight.recall_unit x set found_at = k.issued_at from oversight.recall k where k.id = x.recall_id;
alter table oversight.recall_unit alter column found_at set not null;

create index recall_standing_model on oversight.recall (model_id) where state = 'ISSUED';
create index recall_standing_identifier on oversight.recall (device_identifier) where state = 'ISSUED' and device_identifier <> '';

-- Tells an organisation of units that it has not been told of; a receipt that it gave for others does not stand for these.
create function oversight.tell_of_recall(recalled uuid, org uuid, owner boolean, at timestamptz) returns void
  language sql security definer set search_path = oversight, pg_temp as $$
  insert into oversight.recall_notice as n (id, recall_id, org_id, as_custodian, as_owner, as_lessee, units, bookings, sent_at, due_at)
  select gen_random_uuid(), k.id, org, not owner, owner, false,
    (select count(*) from oversight.recall_unit x where x.recall_id = k.id and org in (x.owner_id, x.custodian_id)), 0, at,
    at + (k.notice_due - k.issued_at)
  from oversight.recall k where k.id = recalled
  on conflict (recall_id, org_id) do update set as_custodian = n.as_custodian or excluded.as_custodian, as_owner = n.as_owner or excluded.as_owner,
    units = excluded.units, sent_at = excluded.sent_at, due_at = excluded.due_at, received_at = null, received_by = null $$;

create function oversight.recall_reaches(recalled oversight.recall, unit equipment.unit, matched text, at timestamptz) returns void
  language plpgsql security definer set search_path = oversight, pg_temp as $$
declare before oversight.recall_unit; held uuid;
begin
  select * into before from oversight.recall_unit x where x.recall_id = recalled.id and x.unit_id = unit.id;
  insert into oversight.recall_unit as x (recall_id, unit_id, found_as, owner_id, custodian_id, status_found, found_at)
    values (recalled.id, unit.id, matched, unit.owner_id, unit.custodian_id, unit.status, at)
    on conflict (recall_id, unit_id) do update set owner_id = excluded.owner_id, custodian_id = excluded.custodian_id;
  if unit.status not in ('RETIRING', 'DISPOSED') then
    insert into equipment.hold(id, unit_id, kind, reason, reference_id, placed_at)
      values (gen_random_uuid(), unit.id, 'QUARANTINE', recalled.title, recalled.id, at) on conflict do nothing returning unit_id into held;
  end if;
  if held is not null then
    update oversight.recall_unit x set held = true where x.recall_id = recalled.id and x.unit_id = unit.id;
    if unit.status <> 'QUARANTINED' then
      insert into equipment.history(unit_id, at, kind, org_id, reference_id, details) values (unit.id, at, 'status-changed', recalled.org_id,
        recalled.id, jsonb_build_object('before', unit.status, 'after', 'QUARANTINED'));
      -- A unit that waits for its owner's signature goes on waiting for it behind the hold.
      update equipment.unit u set status = 'QUARANTINED', version = u.version + 1, updated_at = at, resume_status =
        case when u.status in ('MAINTENANCE', 'MISSING') or u.status = 'REGISTERED' and u.resume_status <> '' then u.resume_status else u.status end
        where u.id = unit.id;
    end if;
  end if;
  if before.owner_id is distinct from unit.owner_id then
    perform oversight.tell_of_recall(recalled.id, unit.owner_id, true, at);
  end if;
  if before.custodian_id is distinct from unit.custodian_id and unit.status <> 'DISPOSED' then
    perform oversight.tell_of_recall(recalled.id, unit.custodian_id, false, at);
  end if;
end $$;

create function oversight.unit_meets_recalls() returns trigger language plpgsql security definer set search_path = oversight, pg_temp as $$
declare recalled oversight.recall; unit equipment.unit;
begin
  perform equipment.share_identities();
  for recalled in
    select k.* from oversight.recall k join equipment.model m on m.id = new.model_id
    where k.state = 'ISSUED' and (k.model_id = new.model_id or k.device_identifier <> '' and k.device_identifier = m.device_identifier)
      and (k.lot = '' or k.lot = new.lot) and oversight.in_serials(new.serial, k.serial_from, k.serial_to)
  loop
    select * into unit from equipment.unit u where u.id = new.id;
    perform oversight.recall_reaches(recalled, unit, 'UNIT', new.updated_at);
  end loop;
  -- It may be in a recall for a part that it holds.
  for recalled in
    select k.* from oversight.recall_unit x join oversight.recall k on k.id = x.recall_id
    where x.unit_id = new.id and k.state = 'ISSUED' and (x.owner_id <> new.owner_id or x.custodian_id <> new.custodian_id)
  loop
    select * into unit from equipment.unit u where u.id = new.id;
    perform oversight.recall_reaches(recalled, unit, 'PART', new.updated_at);
  end loop;
  return null;
end $$;
create trigger unit_comes_to_recalls after insert on equipment.unit for each row execute function oversight.unit_meets_recalls();
create trigger unit_turns_to_recalls after update of model_id, lot, serial, owner_id, custodian_id on equipment.unit for each row
  when ((old.model_id, old.lot, old.serial, old.owner_id, old.custodian_id)
    is distinct from (new.model_id, new.lot, new.serial, new.owner_id, new.custodian_id))
  execute function oversight.unit_meets_recalls();

create function oversight.part_meets_recalls() returns trigger language plpgsql security definer set search_path = oversight, pg_temp as $$
declare recalled oversight.recall; unit equipment.unit;
begin
  perform equipment.share_identities();
  for recalled in
    select k.* from oversight.recall k where k.state = 'ISSUED' and k.device_identifier <> ''
      and position(k.device_identifier in new.udi) > 0 and (k.lot = '' or position(k.lot in new.udi) > 0)
      and oversight.in_serials(new.serial_number, k.serial_from, k.serial_to)
  loop
    select * into unit from equipment.unit u where u.id = new.unit_id for update;
    if found then
      perform oversight.recall_reaches(recalled, unit, 'PART', new.at);
    end if;
  end loop;
  return null;
end $$;
create trigger part_comes_to_recalls after insert or update of state, udi, serial_number on maintenance.part_use for each row
  when (new.state = 'FITTED' and new.udi <> '') execute function oversight.part_meets_recalls();

revoke all on function oversight.tell_of_recall, oversight.recall_reaches, oversight.unit_meets_recalls, oversight.part_meets_recalls from public;
