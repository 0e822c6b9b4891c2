-- What is published in the Open Contracting Data Standard: one row for every change, never altered afterwards.
create sequence procurement.ocds_position;
grant usage on sequence procurement.ocds_position to yiqi_app, yiqi_worker;

-- A package of releases that a buyer brought from its former system, with whose it was.
create table procurement.ocds_package (
  id uuid primary key,
  org_id uuid not null,
  publisher json not null,
  license text not null,
  policy text not null,
  releases int not null check (releases > 0),
  imported_by uuid not null,
  imported_at timestamptz not null
);
create table procurement.ocds_release (
  -- In the order of becoming visible: publishing takes a lock until its transaction ends.
  position bigint primary key,
  id text not null check (length(id) between 1 and 200),
  ocid text not null check (length(ocid) between 1 and 200),
  tag text not null,
  released_at timestamptz not null,
  org_id uuid not null,
  package_id uuid references procurement.ocds_package(id),
  content json not null,
  constraint ocds_release_once unique (ocid, id)
);
create index ocds_release_process on procurement.ocds_release (ocid, released_at, position);
create index ocds_release_package on procurement.ocds_release (package_id, ocid) where package_id is not null;
create index ocds_package_newest on procurement.ocds_package (org_id, imported_at desc, id desc);

do $$ declare t text; begin
  foreach t in array array['ocds_package', 'ocds_release'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('create policy %I on procurement.%I for select to yiqi_app using (true)', t || '_read', t);
    execute format('grant select, insert on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
end $$;
create policy ocds_package_new on procurement.ocds_package for insert to yiqi_app with check (shared.sees(org_id));
-- An opener's signature may be what publishes a buyer's tender.
create policy ocds_release_new on procurement.ocds_release for insert to yiqi_app with check (
  shared.sees(org_id) or exists (select 1 from procurement.tender x
    where x.ocid = ocds_release.ocid and x.org_id = ocds_release.org_id and x.published_at is not null));
