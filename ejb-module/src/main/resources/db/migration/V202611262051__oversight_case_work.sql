-- A case goes its way: scope, query, finding, response, decision, follow-up. What the watch finds begins as an alert.
create sequence oversight.case_number;
grant usage on sequence oversight.case_number to yiqi_app, yiqi_worker;

-- How long the organisation concerned has; the rule of a day is the latest that is not after it.
create table oversight.case_rule (
  stage text not null check (stage in ('QUERY', 'RESPONSE')),
  from_day date not null,
  hours int not null check (hours > 0),
  source text not null,
  primary key (stage, from_day)
);
insert into oversight.case_rule values
  ('QUERY', '2020-01-01', 72, '平台监督规程：调取证据 72 小时'),
  ('RESPONSE', '2020-01-01', 240, '平台监督规程：陈述申辩 10 日');
grant select on oversight.case_rule to yiqi_app, yiqi_worker, yiqi_auditor;

alter table oversight.oversight_case drop constraint oversight_case_kind_check;
alter table oversight.oversight_case
  add constraint oversight_case_kind_check check (kind in
    ('ROW_CHANGED', 'ROW_MISSING', 'ROW_UNKNOWN', 'ACT_REFUSED', 'AUDIT', 'COMPLAINT', 'INCIDENT')),
  add column number text not null default 'C-' || lpad(nextval('oversight.case_number')::text, 6, '0'),
  add column title text not null default '' check (length(title) <= 200),
  add column stage text not null default 'ALERTED' check (stage in
    ('PLANNED', 'ALERTED', 'SCOPED', 'QUERY', 'FINDING', 'RESPONSE', 'DECISION', 'FOLLOW_UP', 'CLOSED')),
  add column due_at timestamptz,
  add column answered_at timestamptz,
  add column lead_org uuid,
  add column joint_orgs uuid[] not null default '{}',
  add column concerned_org uuid,
  -- Whether the organisation concerned knows of it: not before it is asked.
  add column told boolean not null default false,
  add column model_id uuid,
  add column decision text not null default '' check (decision in ('', 'CLOSE', 'RECTIFY', 'SANCTION')),
  add column sanction text not null default '' check (sanction in ('', 'SUSPEND_ORGANISATION', 'HOLD_MODEL')),
  add column recall_id uuid references oversight.recall(id);
update oversight.oversight_case set stage = 'CLOSED' where state = 'CLOSED';
alter table oversight.oversight_case
  add constraint oversight_case_number unique (number),
  add constraint oversight_case_stage_of_state check ((stage = 'CLOSED') = (state = 'CLOSED')),
  add constraint oversight_case_sanction_of_decision check ((decision = 'SANCTION') = (sanction <> '')),
  add constraint oversight_case_asked_somebody check (stage not in ('QUERY', 'RESPONSE') or concerned_org is not null);
create index oversight_case_concerned on oversight.oversight_case (concerned_org, opened_at desc) where concerned_org is not null;
create index oversight_case_due on oversight.oversight_case (due_at) where due_at is not null and state = 'OPEN';

-- What was done in a case, by whom; only ever added to.
create table oversight.case_step (
  id uuid primary key,
  case_id uuid not null references oversight.oversight_case(id),
  at timestamptz not null,
  org_id uuid not null,
  person_id uuid not null,
  action text not null check (action in
    ('OPENED', 'JOINED', 'SCOPED', 'QUERY', 'FINDING', 'RESPONSE', 'ANSWERED', 'DECISION', 'FOLLOW_UP', 'CLOSED')),
  note text not null check (length(note) between 1 and 4000),
  due_at timestamptz,
  -- Whether the organisation concerned reads it.
  open_to_concerned boolean not null
);
create index case_step_case on oversight.case_step (case_id, at, id);
alter table oversight.case_step enable row level security;
alter table oversight.case_step force row level security;
create policy case_step_worker on oversight.case_step for all to yiqi_worker using (true) with check (true);
create policy case_step_auditor on oversight.case_step for select to yiqi_auditor using (true);
create policy case_step_read on oversight.case_step for select to yiqi_app using ((select shared.sees_all())
  or open_to_concerned and exists (select 1 from oversight.oversight_case k where k.id = case_id));
create policy case_step_insert on oversight.case_step for insert to yiqi_app with check ((select shared.sees_all())
  or org_id = (select shared.current_org()) and action = 'ANSWERED');
grant select, insert on oversight.case_step to yiqi_app, yiqi_worker;
grant select on oversight.case_step to yiqi_auditor;

create policy oversight_case_concerned_read on oversight.oversight_case for select to yiqi_app
  using (told and concerned_org = (select shared.current_org()));
create policy oversight_case_concerned_answer on oversight.oversight_case for update to yiqi_app
  using (told and concerned_org = (select shared.current_org()) and stage in ('QUERY', 'RESPONSE'))
  with check (concerned_org = (select shared.current_org()) and stage in ('QUERY', 'RESPONSE'));
