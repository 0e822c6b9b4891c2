-- Each hour of a device is sealed once it is over: a Merkle tree over its readings whose root is a leaf of the evidence log.
-- Readings that come late seal the hour again, as its next revision.
create table telemetry.hour_to_seal (
  device_id uuid not null,
  hour timestamptz not null,
  primary key (device_id, hour)
);
create index hour_to_seal_hour on telemetry.hour_to_seal (hour);
create table telemetry.sealed_hour (
  device_id uuid not null,
  hour timestamptz not null,
  revision int not null check (revision > 0),
  readings int not null check (readings > 0),
  root bytea not null check (octet_length(root) = 32),
  -- Each reading's salt follows from it: one reading can be shown without telling the salts of its neighbours.
  seed bytea not null check (octet_length(seed) = 32),
  exhibit_id uuid not null,
  sealed_at timestamptz not null,
  primary key (device_id, hour, revision)
);
do $$
declare t text;
begin
  foreach t in array array['hour_to_seal', 'sealed_hour'] loop
    execute format('alter table telemetry.%I enable row level security', t);
    execute format('alter table telemetry.%I force row level security', t);
    execute format('create policy %I on telemetry.%I for select to yiqi_app using (exists (select 1 from equipment.unit u where u.id = device_id))', t || '_app', t);
    execute format('create policy %I on telemetry.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on telemetry.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select on telemetry.%I to yiqi_app, yiqi_auditor', t);
  end loop;
end $$;
grant select, insert, update, delete on telemetry.hour_to_seal to yiqi_worker;
grant select, insert on telemetry.sealed_hour to yiqi_worker;
