-- The audit log as a Merkle log (RFC 6962): each entry has a salt and a leaf hash from the moment it is written; a worker
-- gives positions afterwards, so writers do not wait for each other, and keeps the root at every anchor.
alter table audit.entry
  add column salt bytea not null default '\x',
  add column leaf bytea not null default '\x';

create table audit.position (
  position bigint primary key,
  entry_id bigint not null,
  leaf bytea not null,
  constraint position_entry unique (entry_id)
);

create table audit.anchor (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null
);

create function audit.refuse() returns trigger language plpgsql as
$$ begin raise exception 'the audit log only grows' using errcode = 'insufficient_privilege'; end $$;
create trigger entry_append_only before update or delete on audit.entry for each row execute function audit.refuse();
create trigger position_append_only before update or delete on audit.position for each row execute function audit.refuse();
create trigger anchor_append_only before update or delete on audit.anchor for each row execute function audit.refuse();
create trigger entry_no_truncate before truncate on audit.entry execute function audit.refuse();
create trigger position_no_truncate before truncate on audit.position execute function audit.refuse();
create trigger anchor_no_truncate before truncate on audit.anchor execute function audit.refuse();

grant select, insert on audit.position, audit.anchor to yiqi_worker;
grant select on audit.position, audit.anchor to yiqi_app, yiqi_auditor;
create index entry_action on audit.entry (action, id);
create index entry_person on audit.entry (person_id, id);
