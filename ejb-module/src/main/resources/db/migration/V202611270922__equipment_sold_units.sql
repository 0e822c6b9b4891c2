-- A unit that is bought becomes the taker's own with the act that hands it over; nothing else changes whose it is.
alter table equipment.custody add column owned boolean not null default false;
create or replace function equipment.custodian_follows_custody() returns trigger language plpgsql security definer
  set search_path = equipment, pg_temp as $$
begin
  update equipment.unit set custodian_id = new.org_id, owner_id = case when new.owned then new.org_id else owner_id end,
    version = version + 1, updated_at = greatest(updated_at, new.from_at)
  where id = new.unit_id and (custodian_id <> new.org_id or (new.owned and owner_id <> new.org_id));
  return null;
end $$;
