-- What every area's tables lean on: the tenant context, the audit log, idempotency keys.
create schema shared;
grant usage on schema shared to yiqi_app, yiqi_worker, yiqi_auditor, yiqi_broker;

-- The context is set per transaction; without it nothing is seen.
create function shared.current_org() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('yiqi.org', true), '')::uuid $$;
create function shared.scope() returns text language sql stable parallel safe as
$$ select coalesce(current_setting('yiqi.scope', true), '') $$;
create function shared.sees_all() returns boolean language sql stable parallel safe as
$$ select shared.scope() in ('PLATFORM', 'REGULATOR', 'SYSTEM') $$;
create function shared.sees(org uuid) returns boolean language sql stable parallel safe as
$$ select org = shared.current_org() or shared.sees_all() $$;
create function shared.sees_any(orgs uuid[]) returns boolean language sql stable parallel safe as
$$ select shared.current_org() = any(orgs) or shared.sees_all() $$;

create schema audit;
grant usage on schema audit to yiqi_app, yiqi_worker, yiqi_auditor;
create table audit.entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  org_id uuid,
  person_id uuid,
  action text not null,
  subject text not null,
  details jsonb not null default '{}'
);
create index entry_subject on audit.entry (subject, id);
create index entry_org on audit.entry (org_id, id);
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy entry_write on audit.entry for insert to yiqi_app, yiqi_worker with check (true);
create policy entry_read on audit.entry for select to yiqi_app using (shared.sees(org_id));
create policy entry_audit on audit.entry for select to yiqi_auditor, yiqi_worker using (true);
grant insert, select on audit.entry to yiqi_app, yiqi_worker;
grant select on audit.entry to yiqi_auditor;
