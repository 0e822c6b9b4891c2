-- A document or a work order's file can be erased: its row stays, to say that it was there, without name, digest or content.
alter table equipment.document add column erased_at timestamptz;
alter table equipment.document drop constraint document_sha256_check;
alter table equipment.document add constraint document_sha256_check
  check (case when erased_at is null then sha256 ~ '^[0-9a-f]{64}$' else sha256 = '' end);
create index document_sha256 on equipment.document (sha256);
grant update (name, sha256, erased_at) on equipment.document to yiqi_app;

alter table maintenance.attachment add column erased_at timestamptz;
create policy attachment_erase on maintenance.attachment for update to yiqi_app
  using (exists (select 1 from maintenance.work_order w where w.id = work_order_id)) with check (erased_at is not null);
grant update (name, content, sha256, erased_at) on maintenance.attachment to yiqi_app;
