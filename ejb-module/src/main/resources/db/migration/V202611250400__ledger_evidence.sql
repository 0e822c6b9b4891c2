-- The evidence log: one Merkle log (RFC 6962) over the audit log, documents, statements and telemetry. Writers put what is
-- to be proved into a queue with their own transaction; one worker gives it its place afterwards, so nobody waits. Only
-- size and root go to the ledger.
create schema evidence;
grant usage on schema evidence to yiqi_app, yiqi_worker, yiqi_auditor;

-- What a leaf was made of. Erasing destroys salt and content; the leaf stays, and with it every other proof.
create table evidence.exhibit (
  id uuid primary key,
  kind text not null check (kind in ('document', 'credential-file', 'attachment', 'statement', 'telemetry')),
  ref text not null check (length(ref) between 1 and 100),
  org_id uuid,
  at timestamptz not null,
  salt bytea check (octet_length(salt) = 32),
  content text,
  hash bytea not null check (octet_length(hash) = 32),
  urgent boolean not null default false,
  erased_at timestamptz,
  erased_by uuid,
  erased_reason text check (length(erased_reason) between 1 and 500),
  constraint exhibit_erased check ((erased_at is null) = (salt is not null) and (erased_at is null) = (content is not null)
    and (erased_at is null) = (erased_reason is null))
);
create index exhibit_of on evidence.exhibit (kind, ref);

create table evidence.queue (
  id bigint generated always as identity primary key,
  kind text not null,
  ref text not null,
  exhibit_id uuid,
  hash bytea not null,
  urgent boolean not null default false
);

create table evidence.leaf (
  leaf bigint primary key check (leaf >= 0),
  kind text not null,
  ref text not null,
  exhibit_id uuid,
  hash bytea not null check (octet_length(hash) = 32)
);
create index leaf_of on evidence.leaf (kind, ref);
create unique index leaf_exhibit on evidence.leaf (exhibit_id) where exhibit_id is not null;
create unique index leaf_audit on evidence.leaf (ref) where kind = 'audit';

-- The roots of complete subtrees above the leaves: written once, never changed, so that a proof reads a few dozen rows.
create table evidence.node (
  level smallint not null check (level > 0),
  position bigint not null check (position >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, position)
);

-- Sizes whose root was anchored; those without an act are from before anchoring went to the ledger.
create table evidence.root (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  at timestamptz not null,
  act_id uuid
);
create index root_at on evidence.root (at);

create function evidence.refuse() returns trigger language plpgsql as
$$ begin raise exception 'the evidence log only grows' using errcode = 'insufficient_privilege'; end $$;
create function evidence.only_erased() returns trigger language plpgsql as
$$ begin
  if old.erased_at is not null or new.erased_at is null
    or (new.id, new.kind, new.ref, new.org_id, new.at, new.hash, new.urgent)
      is distinct from (old.id, old.kind, old.ref, old.org_id, old.at, old.hash, old.urgent) then
    raise exception 'an exhibit is erased once, or stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger exhibit_only_erased before update on evidence.exhibit for each row execute function evidence.only_erased();
create trigger exhibit_stays before delete on evidence.exhibit for each row execute function evidence.refuse();
create trigger exhibit_no_truncate before truncate on evidence.exhibit execute function evidence.refuse();
create trigger leaf_append_only before update or delete on evidence.leaf for each row execute function evidence.refuse();
create trigger leaf_no_truncate before truncate on evidence.leaf execute function evidence.refuse();
create trigger node_append_only before update or delete on evidence.node for each row execute function evidence.refuse();
create trigger node_no_truncate before truncate on evidence.node execute function evidence.refuse();
create trigger root_append_only before update or delete on evidence.root for each row execute function evidence.refuse();
create trigger root_no_truncate before truncate on evidence.root execute function evidence.refuse();

-- No entry without its place in the queue, whoever writes it.
create function evidence.queue_audit() returns trigger language plpgsql security definer set search_path = evidence, pg_temp as
$$ begin
  insert into evidence.queue(kind, ref, hash) values ('audit', new.id::text, new.leaf);
  return null;
end $$;
create trigger entry_queued after insert on audit.entry for each row execute function evidence.queue_audit();
create function evidence.queue_exhibit() returns trigger language plpgsql security definer set search_path = evidence, pg_temp as
$$ begin
  insert into evidence.queue(kind, ref, exhibit_id, hash, urgent) values (new.kind, new.ref, new.id, new.hash, new.urgent);
  return null;
end $$;
create trigger exhibit_queued after insert on evidence.exhibit for each row execute function evidence.queue_exhibit();

-- Whoever sees a thing sees its leaf: the thing's own row-level policies decide, as they stand for the caller.
create function evidence.visible(kind text, ref text) returns boolean language plpgsql stable as
$$ begin
  return case kind
    when 'audit' then exists (select 1 from audit.entry e where e.id = ref::bigint)
    when 'document' then exists (select 1 from equipment.document d where d.id = ref::uuid)
    when 'credential-file' then exists (select 1 from organisation.document d where d.id = ref::uuid)
    when 'attachment' then exists (select 1 from maintenance.attachment a where a.id = ref::uuid)
    when 'statement' then exists (select 1 from billing.statement s where s.id = ref::uuid)
    when 'telemetry' then exists (select 1 from equipment.unit u where u.id = split_part(ref, '/', 1)::uuid)
    else false
  end;
end $$;

alter table evidence.exhibit enable row level security;
alter table evidence.exhibit force row level security;
create policy exhibit_read on evidence.exhibit for select to yiqi_app
  using (shared.sees_all() or evidence.visible(kind, ref));
create policy exhibit_add on evidence.exhibit for insert to yiqi_app with check (org_id is null or shared.sees(org_id));
create policy exhibit_erase on evidence.exhibit for update to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy exhibit_worker on evidence.exhibit for all to yiqi_worker using (true) with check (true);
create policy exhibit_auditor on evidence.exhibit for select to yiqi_auditor using (true);
grant select, insert on evidence.exhibit to yiqi_app, yiqi_worker;
grant update (salt, content, erased_at, erased_by, erased_reason) on evidence.exhibit to yiqi_app;
grant select on evidence.exhibit to yiqi_auditor;

alter table evidence.leaf enable row level security;
alter table evidence.leaf force row level security;
create policy leaf_read on evidence.leaf for select to yiqi_app using (shared.sees_all() or evidence.visible(kind, ref));
create policy leaf_worker on evidence.leaf for all to yiqi_worker using (true) with check (true);
create policy leaf_auditor on evidence.leaf for select to yiqi_auditor using (true);
grant select on evidence.leaf to yiqi_app, yiqi_auditor;
grant select, insert on evidence.leaf to yiqi_worker;

-- Hashes over salted leaves tell nothing about them: everybody may have them.
grant select on evidence.node, evidence.root to yiqi_app, yiqi_auditor;
grant select, insert on evidence.node, evidence.root to yiqi_worker;
grant select, delete on evidence.queue to yiqi_worker;
grant select on evidence.queue to yiqi_app, yiqi_auditor;

-- What the audit log had of its own: its places become the first leaves, so its anchors stay true of the new log.
insert into evidence.queue(kind, ref, hash) select 'audit', entry_id::text, leaf from audit.position order by position;
create policy entry_owner on audit.entry for select to yiqi_owner using (true);
insert into evidence.queue(kind, ref, hash)
  select 'audit', e.id::text, e.leaf from audit.entry e
   where not exists (select 1 from audit.position p where p.entry_id = e.id) order by e.id;
drop policy entry_owner on audit.entry;
insert into evidence.root(size, root, at) select size, root, at from audit.anchor;
drop table audit.position, audit.anchor;
