-- Personal data leaves the country only by an approved request; each time that it does is written down.
create sequence oversight.data_export_number;
grant usage on sequence oversight.data_export_number to yiqi_app, yiqi_worker;

-- From how many people in a year to one recipient which way is demanded. The latest rule that is not after a day holds.
create table oversight.data_export_rule (
  from_day date primary key,
  ordinary_contract bigint not null check (ordinary_contract > 0),
  ordinary_assessment bigint not null check (ordinary_assessment > ordinary_contract),
  sensitive_contract bigint not null check (sensitive_contract > 0),
  sensitive_assessment bigint not null check (sensitive_assessment > sensitive_contract),
  source text not null
);
insert into oversight.data_export_rule values ('2024-03-22', 100000, 1000000, 1, 10000,
  '促进和规范数据跨境流动规定 (国家互联网信息办公室令第16号)');
grant select on oversight.data_export_rule to yiqi_app, yiqi_worker, yiqi_auditor;

create table oversight.data_export (
  id uuid primary key,
  number text not null default 'DX-' || lpad(nextval('oversight.data_export_number')::text, 6, '0'),
  org_id uuid not null,
  recipient text not null check (length(recipient) between 1 and 200),
  country text not null check (country ~ '^[A-Z]{2}$' and country <> 'CN'),
  purpose text not null check (length(purpose) between 1 and 2000),
  legal_basis text not null check (length(legal_basis) between 1 and 500),
  categories text not null check (length(categories) between 1 and 1000),
  ordinary bigint not null check (ordinary between 0 and 2000000000),
  sensitive bigint not null check (sensitive between 0 and 2000000000),
  -- What the recipient had got in the year before, and the rule and way that follow.
  year_ordinary bigint not null,
  year_sensitive bigint not null,
  rule_of date not null references oversight.data_export_rule(from_day),
  way text not null check (way in ('EXEMPT', 'CONTRACT', 'ASSESSMENT')),
  state text not null default 'REQUESTED' check (state in ('REQUESTED', 'ENDORSED', 'APPROVED', 'REFUSED')),
  requested_by uuid not null,
  requested_at timestamptz not null,
  endorsed_by uuid,
  endorsed_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  -- The number under which the contract is filed, certified or assessed; or why it is refused.
  decision text not null default '' check (length(decision) <= 2000),
  constraint data_export_of_somebody check (ordinary + sensitive > 0),
  constraint data_export_two_people check (endorsed_by <> requested_by and decided_by <> requested_by and decided_by <> endorsed_by),
  constraint data_export_endorsed check (state not in ('ENDORSED', 'APPROVED') or endorsed_at is not null),
  constraint data_export_decided check ((state in ('APPROVED', 'REFUSED')) = (decided_at is not null)),
  constraint data_export_way_is_proved check (state <> 'APPROVED' or way = 'EXEMPT' or decision <> '')
);
create index data_export_recipient on oversight.data_export (org_id, lower(recipient), country);
create index data_export_at on oversight.data_export (requested_at desc, id desc);

create table oversight.data_export_log (
  id uuid primary key,
  export_id uuid not null references oversight.data_export(id),
  org_id uuid not null,
  ordinary bigint not null check (ordinary between 0 and 2000000000),
  sensitive bigint not null check (sensitive between 0 and 2000000000),
  -- Of the file that left.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  sent_by uuid not null,
  sent_at timestamptz not null,
  constraint data_export_log_of_somebody check (ordinary + sensitive > 0)
);
create index data_export_log_export on oversight.data_export_log (export_id, sent_at);

-- The gate itself: nothing is logged without approval, nor more than was approved.
create function oversight.data_export_gate() returns trigger language plpgsql as $$
declare approved oversight.data_export; gone_ordinary bigint; gone_sensitive bigint;
begin
  select * into approved from oversight.data_export where id = new.export_id for update;
  select coalesce(sum(ordinary), 0), coalesce(sum(sensitive), 0) into gone_ordinary, gone_sensitive
    from oversight.data_export_log where export_id = new.export_id;
  if approved.state is distinct from 'APPROVED' or approved.org_id <> new.org_id
    or gone_ordinary + new.ordinary > approved.ordinary or gone_sensitive + new.sensitive > approved.sensitive then
    raise exception 'not approved' using errcode = 'check_violation', constraint = 'data_export_approved';
  end if;
  return new;
end $$;
create trigger data_export_gate before insert on oversight.data_export_log for each row execute function oversight.data_export_gate();

do $$
declare t text;
begin
  foreach t in array array['data_export', 'data_export_log'] loop
    execute format('alter table oversight.%I enable row level security', t);
    execute format('alter table oversight.%I force row level security', t);
    execute format('create policy %I on oversight.%I for select to yiqi_app using (org_id = (select shared.current_org()) or (select shared.sees_all()))', t || '_read', t);
    execute format('create policy %I on oversight.%I for insert to yiqi_app with check (org_id = (select shared.current_org()))', t || '_insert', t);
    execute format('create policy %I on oversight.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert on oversight.%I to yiqi_app', t);
    execute format('grant select on oversight.%I to yiqi_auditor', t);
  end loop;
end $$;
create policy data_export_update on oversight.data_export for update to yiqi_app
  using (org_id = (select shared.current_org()) or (select shared.sees_all()));
grant update (state, endorsed_by, endorsed_at, decided_by, decided_at, decision) on oversight.data_export to yiqi_app;
