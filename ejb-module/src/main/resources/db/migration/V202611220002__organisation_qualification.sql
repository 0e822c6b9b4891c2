-- Qualification: what an organisation must show, what it has shown, and who found it good.
alter table organisation.organisation
  add column contact_name text not null default '',
  add column phone text not null default '',
  add column email text not null default '',
  add column status_reason text not null default '',
  add constraint organisation_remit check ((kind = 'REGULATOR') = (remit is not null));

create table organisation.credential_type (
  code text primary key,
  name_zh text not null,
  name_en text not null
);
insert into organisation.credential_type(code, name_zh, name_en) values
  ('PRACTICE_LICENCE', '医疗机构执业许可证', 'Medical practice licence'),
  ('BUSINESS_LICENCE', '营业执照', 'Business licence'),
  ('DEVICE_TRADE_LICENCE', '医疗器械经营许可证', 'Medical device trade licence'),
  ('DEVICE_MAKER_LICENCE', '医疗器械生产许可证', 'Medical device manufacturing licence'),
  ('SERVICE_AUTHORISATION', '设备维修服务授权', 'Equipment service authorisation'),
  ('WASTE_TREATMENT_LICENCE', '废弃电器电子产品处理资格证书', 'Electronic waste treatment licence'),
  ('ROAD_TRANSPORT_LICENCE', '道路运输经营许可证', 'Road transport licence'),
  ('RADIATION_LICENCE', '放射诊疗许可证', 'Radiation diagnosis and treatment licence'),
  ('LARGE_EQUIPMENT_LICENCE', '大型医用设备配置许可证', 'Large medical equipment licence'),
  ('QUALITY_SYSTEM', '质量管理体系认证', 'Quality management certificate');

-- The rules are data with dates, so that a case is judged by the rules of its day.
create table organisation.credential_rule (
  kind text not null,
  credential_type text not null references organisation.credential_type(code),
  mandatory boolean not null,
  valid_from date not null,
  valid_to date,
  primary key (kind, credential_type, valid_from)
);
insert into organisation.credential_rule(kind, credential_type, mandatory, valid_from) values
  ('HOSPITAL', 'PRACTICE_LICENCE', true, '2020-01-01'),
  ('HOSPITAL', 'RADIATION_LICENCE', false, '2020-01-01'),
  ('HOSPITAL', 'LARGE_EQUIPMENT_LICENCE', false, '2020-01-01'),
  ('SUPPLIER', 'BUSINESS_LICENCE', true, '2020-01-01'),
  ('SUPPLIER', 'DEVICE_TRADE_LICENCE', true, '2020-01-01'),
  ('SUPPLIER', 'DEVICE_MAKER_LICENCE', false, '2020-01-01'),
  ('SUPPLIER', 'QUALITY_SYSTEM', false, '2020-01-01'),
  ('SERVICE', 'BUSINESS_LICENCE', true, '2020-01-01'),
  ('SERVICE', 'SERVICE_AUTHORISATION', true, '2020-01-01'),
  ('SERVICE', 'QUALITY_SYSTEM', false, '2020-01-01'),
  ('RECYCLER', 'BUSINESS_LICENCE', true, '2020-01-01'),
  ('RECYCLER', 'WASTE_TREATMENT_LICENCE', true, '2020-01-01'),
  ('CARRIER', 'BUSINESS_LICENCE', true, '2020-01-01'),
  ('CARRIER', 'ROAD_TRANSPORT_LICENCE', true, '2020-01-01');

-- What a purpose asks for beyond being qualified.
create table organisation.purpose_rule (
  purpose text not null,
  credential_type text not null references organisation.credential_type(code),
  valid_from date not null,
  valid_to date,
  primary key (purpose, credential_type, valid_from)
);
insert into organisation.purpose_rule(purpose, credential_type, valid_from) values
  ('RADIATION', 'RADIATION_LICENCE', '2020-01-01');
grant select on organisation.credential_type, organisation.credential_rule, organisation.purpose_rule to yiqi_app, yiqi_worker, yiqi_auditor;

create table organisation.document (
  id uuid primary key,
  org_id uuid not null references organisation.organisation(id),
  name text not null,
  content_type text not null,
  size bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null,
  added_by uuid not null,
  added_at timestamptz not null
);
create index document_org on organisation.document (org_id);

create table organisation.credential (
  id uuid primary key,
  version bigint not null default 0,
  org_id uuid not null references organisation.organisation(id),
  credential_type text not null references organisation.credential_type(code),
  number text not null check (length(number) between 1 and 100),
  issuer text not null check (length(issuer) between 1 and 200),
  scope text not null default '',
  valid_from date not null,
  valid_to date,
  document_id uuid references organisation.document(id),
  sha256 text,
  added_at timestamptz not null,
  verified_at timestamptz,
  withdrawn_at timestamptz,
  constraint credential_period check (valid_to is null or valid_to >= valid_from),
  constraint credential_once unique (org_id, credential_type, number, valid_from)
);
create index credential_valid_to on organisation.credential (valid_to) where verified_at is not null and withdrawn_at is null;

create table organisation.review (
  id uuid primary key,
  version bigint not null default 0,
  org_id uuid not null references organisation.organisation(id),
  kind text not null check (kind in ('INITIAL','RENEWAL')),
  status text not null check (status in ('SUBMITTED','REVIEWING','CORRECTION','APPROVED','REJECTED')),
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  claimed_by uuid,
  claimed_at timestamptz,
  correction_reason text not null default '',
  correction_due timestamptz,
  rounds int not null default 0,
  decided_by uuid,
  decided_at timestamptz,
  reason text not null default '',
  constraint review_two_people check (decided_by is null or status <> 'APPROVED' or decided_by <> claimed_by)
);
-- One open review per organisation.
create unique index review_open on organisation.review (org_id) where status in ('SUBMITTED','REVIEWING','CORRECTION');
create index review_status on organisation.review (status, submitted_at);

create table organisation.invitation (
  id uuid primary key,
  org_id uuid not null references organisation.organisation(id),
  token_hash bytea not null,
  email text not null,
  department text not null default '',
  roles text[] not null,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz,
  constraint invitation_token unique (token_hash)
);
create index invitation_org on organisation.invitation (org_id, created_at);

create table organisation.competence (
  id uuid primary key,
  version bigint not null default 0,
  org_id uuid not null references organisation.organisation(id),
  person_id uuid not null references organisation.person(id),
  category text not null check (length(category) between 1 and 100),
  certificate text not null default '',
  valid_from date not null,
  valid_to date not null,
  added_by uuid not null,
  added_at timestamptz not null,
  revoked_at timestamptz,
  constraint competence_period check (valid_to >= valid_from),
  constraint competence_once unique (person_id, org_id, category, valid_from)
);
create index competence_org on organisation.competence (org_id, category, valid_to);

do $$
declare t text;
begin
  foreach t in array array['document', 'credential', 'review', 'invitation', 'competence'] loop
    execute format('alter table organisation.%I enable row level security', t);
    execute format('alter table organisation.%I force row level security', t);
    execute format('create policy %I on organisation.%I for all to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id))', t || '_app', t);
    execute format('create policy %I on organisation.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('grant select, insert, update on organisation.%I to yiqi_app, yiqi_worker', t);
  end loop;
end $$;
grant delete on organisation.invitation to yiqi_worker;

-- A person changes the own password, and keeps a second factor.
alter table organisation.person
  add column totp_secret bytea,
  add column totp_last_step bigint not null default 0,
  add column recovery_codes text[] not null default '{}',
  add column password_changed_at timestamptz;

-- Is there a verified credential of the type that is good on the day?
create function organisation.has_valid_credential(org uuid, type text, day date) returns boolean language sql stable as $$
  select exists (
    select 1 from organisation.credential c
     where c.org_id = org and c.credential_type = type and c.verified_at is not null and c.withdrawn_at is null
       and c.valid_from <= day and (c.valid_to is null or c.valid_to >= day)) $$;

-- Has a mandatory credential that was once verified ended on the day, with no newer one in its place?
create function organisation.is_expired(org uuid, day date) returns boolean language sql stable as $$
  select exists (
    select 1 from organisation.organisation o
      join organisation.credential_rule r on r.kind = o.kind and r.mandatory
       and r.valid_from <= day and (r.valid_to is null or r.valid_to >= day)
     where o.id = org
       and exists (select 1 from organisation.credential c
                    where c.org_id = org and c.credential_type = r.credential_type and c.verified_at is not null)
       and not organisation.has_valid_credential(org, r.credential_type, day)) $$;
