-- Tenders from the draft to the closed gate. What is published everybody reads, signed in or not.
create sequence procurement.tender_number;
grant usage on sequence procurement.tender_number to yiqi_app, yiqi_worker;

-- Days that are not what their weekday says. Days that are not here are working days from Monday to Friday.
create table procurement.special_day (
  day date primary key,
  working boolean not null,
  name text not null,
  source text not null
);
insert into procurement.special_day(day, working, name, source)
select d::date, false, v.name, v.source from (values
  ('2025-01-01', '2025-01-01', '元旦', '国办发明电〔2024〕12号'),
  ('2025-01-28', '2025-02-04', '春节', '国办发明电〔2024〕12号'),
  ('2025-04-04', '2025-04-06', '清明节', '国办发明电〔2024〕12号'),
  ('2025-05-01', '2025-05-05', '劳动节', '国办发明电〔2024〕12号'),
  ('2025-05-31', '2025-06-02', '端午节', '国办发明电〔2024〕12号'),
  ('2025-10-01', '2025-10-08', '国庆节、中秋节', '国办发明电〔2024〕12号'),
  ('2026-01-01', '2026-01-03', '元旦', '国办发明电〔2025〕7号'),
  ('2026-02-15', '2026-02-23', '春节', '国办发明电〔2025〕7号'),
  ('2026-04-04', '2026-04-06', '清明节', '国办发明电〔2025〕7号'),
  ('2026-05-01', '2026-05-05', '劳动节', '国办发明电〔2025〕7号'),
  ('2026-06-19', '2026-06-21', '端午节', '国办发明电〔2025〕7号'),
  ('2026-09-25', '2026-09-27', '中秋节', '国办发明电〔2025〕7号'),
  ('2026-10-01', '2026-10-07', '国庆节', '国办发明电〔2025〕7号'),
  -- Of 2027 only what the regulation itself fixes; the yearly notice adds the days in lieu.
  ('2027-01-01', '2027-01-01', '元旦', '国务院令第795号 §2'),
  ('2027-02-05', '2027-02-08', '春节', '国务院令第795号 §2'),
  ('2027-04-05', '2027-04-05', '清明节', '国务院令第795号 §2'),
  ('2027-05-01', '2027-05-02', '劳动节', '国务院令第795号 §2'),
  ('2027-06-09', '2027-06-09', '端午节', '国务院令第795号 §2'),
  ('2027-09-15', '2027-09-15', '中秋节', '国务院令第795号 §2'),
  ('2027-10-01', '2027-10-03', '国庆节', '国务院令第795号 §2')) v(first, last, name, source)
 cross join lateral generate_series(v.first::date, v.last::date, interval '1 day') d;
insert into procurement.special_day(day, working, name, source) values
  ('2025-01-26', true, '春节调休', '国办发明电〔2024〕12号'), ('2025-02-08', true, '春节调休', '国办发明电〔2024〕12号'),
  ('2025-04-27', true, '劳动节调休', '国办发明电〔2024〕12号'), ('2025-09-28', true, '国庆节调休', '国办发明电〔2024〕12号'),
  ('2025-10-11', true, '国庆节调休', '国办发明电〔2024〕12号'), ('2026-01-04', true, '元旦调休', '国办发明电〔2025〕7号'),
  ('2026-02-14', true, '春节调休', '国办发明电〔2025〕7号'), ('2026-02-28', true, '春节调休', '国办发明电〔2025〕7号'),
  ('2026-05-09', true, '劳动节调休', '国办发明电〔2025〕7号'), ('2026-09-20', true, '国庆节调休', '国办发明电〔2025〕7号'),
  ('2026-10-10', true, '国庆节调休', '国办发明电〔2025〕7号');
grant select on procurement.special_day to yiqi_app, yiqi_worker, yiqi_auditor;

-- Order 87 §55: the price of goods weighs at least so much of a hundred.
alter table procurement.rule_set add column price_weight int not null default 30 check (price_weight between 0 and 100);

create table procurement.tender (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  ocid text not null,
  org_id uuid not null,
  plan_id uuid not null references procurement.plan(id),
  title text not null check (length(title) between 1 and 200),
  description text not null check (length(description) between 1 and 8000),
  category text not null,
  two_envelopes boolean not null,
  threshold int not null check (threshold between 2 and 25),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  enquiry_until timestamptz not null,
  deadline timestamptz not null,
  state text not null check (state in ('DRAFT', 'SIGNING', 'TENDERING', 'SEALED', 'OPENED', 'EVALUATION', 'RANKED', 'AWARD_NOTICE',
    'STANDSTILL', 'SUSPENDED', 'AWARDED', 'CONTRACTED', 'FAILED', 'CANCELLED')),
  -- The document that the last act on its terms stands for, the salt of its digest, and that act.
  terms text not null default '',
  terms_salt text not null default '',
  terms_digest text not null default '',
  act_id uuid,
  pending_act uuid,
  pending_deadline timestamptz,
  ended_reason text not null default '',
  ended_note text not null default '' check (length(ended_note) <= 2000),
  rules_of date not null,
  made_by uuid not null,
  made_at timestamptz not null,
  published_at timestamptz,
  sealed_at timestamptz,
  ended_at timestamptz,
  constraint tender_number_once unique (number),
  constraint tender_ocid_once unique (ocid),
  constraint tender_enquiry_before_deadline check (enquiry_until < deadline),
  constraint tender_published check ((state in ('DRAFT', 'SIGNING')) or (state = 'CANCELLED') or published_at is not null),
  constraint tender_ends_with_reason check ((state in ('FAILED', 'CANCELLED')) = (ended_reason <> ''))
);
-- A plan is put out to tender once, until that tender comes to nothing.
create unique index tender_of_plan on procurement.tender (plan_id) where state not in ('FAILED', 'CANCELLED');
create index tender_newest on procurement.tender (made_at desc, id desc);
create index tender_public on procurement.tender (published_at desc, id desc) where published_at is not null;
create index tender_buyer on procurement.tender (org_id, made_at desc);
create index tender_deadline on procurement.tender (deadline) where state = 'TENDERING';
create index tender_category on procurement.tender (category, state);
create index tender_words on procurement.tender using gin ((number || ' ' || title || ' ' || description) gin_trgm_ops);

create table procurement.lot (
  tender_id uuid not null references procurement.tender(id),
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,19}$'),
  position int not null,
  title text not null check (length(title) between 1 and 200),
  category text not null,
  quantity int not null check (quantity between 1 and 10000),
  ceiling_minor bigint not null check (ceiling_minor > 0 and ceiling_minor <= 1000000000000000),
  state text not null default 'OPEN' check (state in ('OPEN', 'AWARDED', 'FAILED')),
  primary key (tender_id, code),
  constraint lot_position_once unique (tender_id, position)
);
create table procurement.tender_requirement (
  tender_id uuid not null references procurement.tender(id),
  position int not null,
  lot text,
  text text not null check (length(text) between 1 and 1000),
  mandatory boolean not null,
  primary key (tender_id, position),
  foreign key (tender_id, lot) references procurement.lot(tender_id, code) deferrable initially deferred
);
create table procurement.criterion (
  tender_id uuid not null references procurement.tender(id),
  position int not null,
  kind text not null check (kind in ('PRICE', 'QUALITY', 'LIFE_CYCLE_COST')),
  title text not null check (length(title) between 1 and 200),
  weight int not null check (weight between 1 and 100),
  primary key (tender_id, position)
);
-- The organisations that open together, and the keys that they made for this tender alone.
create table procurement.opener (
  tender_id uuid not null references procurement.tender(id),
  org_id uuid not null,
  position int not null,
  primary key (tender_id, org_id)
);
create index opener_org on procurement.opener (org_id);
create table procurement.opener_key (
  tender_id uuid not null,
  org_id uuid not null,
  envelope text not null check (envelope in ('TECHNICAL', 'PRICE')),
  public_key text not null,
  proof text not null,
  registered_at timestamptz not null,
  primary key (tender_id, org_id, envelope),
  foreign key (tender_id, org_id) references procurement.opener(tender_id, org_id),
  constraint opener_key_once unique (public_key)
);
create table procurement.tender_document (
  id uuid primary key,
  tender_id uuid not null references procurement.tender(id),
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size int not null check (size between 1 and 20971520),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null,
  added_at timestamptz not null,
  constraint tender_document_once unique (tender_id, sha256)
);
create table procurement.question (
  id uuid primary key,
  version bigint not null default 0,
  tender_id uuid not null references procurement.tender(id),
  asker_org uuid not null,
  lot text,
  text text not null check (length(text) between 1 and 2000),
  asked_at timestamptz not null,
  answer text not null default '' check (length(answer) <= 4000),
  answered_at timestamptz,
  foreign key (tender_id, lot) references procurement.lot(tender_id, code),
  constraint question_answered check ((answer <> '') = (answered_at is not null))
);
create index question_tender on procurement.question (tender_id, asked_at);
create table procurement.amendment (
  tender_id uuid not null references procurement.tender(id),
  number int not null check (number > 0),
  text text not null check (length(text) between 1 and 4000),
  substantial boolean not null,
  old_deadline timestamptz not null,
  new_deadline timestamptz not null,
  act_id uuid,
  signed_at timestamptz,
  lapsed boolean not null default false,
  primary key (tender_id, number),
  constraint amendment_act_once unique (act_id),
  constraint amendment_never_earlier check (new_deadline >= old_deadline)
);
-- One amendment at a time waits for its signature.
create unique index amendment_one_open on procurement.amendment (tender_id) where signed_at is null and not lapsed;

-- What is not whole is never signed: weights, openers and their keys.
create function procurement.tender_is_whole() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(weight), 0) from procurement.criterion where tender_id = new.id) <> 100 then
    raise exception 'weights come to 100' using errcode = 'check_violation', constraint = 'criteria_come_to_100';
  end if;
  if (select count(*) from procurement.opener_key where tender_id = new.id)
     <> (select count(*) from procurement.opener where tender_id = new.id) * (case when new.two_envelopes then 2 else 1 end) then
    raise exception 'every opener has a key for every envelope' using errcode = 'check_violation', constraint = 'opener_keys_whole';
  end if;
  return new;
end $$;
create trigger tender_is_whole before update of state on procurement.tender for each row
  when (old.state = 'DRAFT' and new.state = 'SIGNING') execute function procurement.tender_is_whole();

do $$ declare t text; begin
  foreach t in array array['tender', 'lot', 'tender_requirement', 'criterion', 'opener', 'opener_key', 'tender_document', 'question',
      'amendment'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['lot', 'tender_requirement', 'criterion', 'opener', 'tender_document'] loop
    execute format('grant delete on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['lot', 'tender_requirement', 'criterion', 'opener_key', 'tender_document', 'amendment'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.tender x where x.id = tender_id))
      with check (exists (select 1 from procurement.tender x where x.id = tender_id))', t || '_app', t);
  end loop;
end $$;
-- Whether an organisation opens a tender, for the policy of the tenders: asked past their own policy, which asks it.
create function procurement.opens(tender uuid, org uuid) returns boolean language sql stable security definer
  set search_path = procurement, pg_temp as $$
  select exists (select 1 from procurement.opener o where o.tender_id = tender and o.org_id = org)
$$;
grant execute on function procurement.opens(uuid, uuid) to yiqi_app, yiqi_worker;
create policy opener_owner on procurement.opener for select to yiqi_owner using (true);
create policy opener_app on procurement.opener for all to yiqi_app
  using (exists (select 1 from procurement.tender x where x.id = tender_id)) with check (exists (select 1 from procurement.tender x where x.id = tender_id and shared.sees(x.org_id)));
create policy tender_read on procurement.tender for select to yiqi_app using (
  published_at is not null or org_id = (select shared.current_org()) or (select shared.sees_all())
  or procurement.opens(id, (select shared.current_org())));
create policy tender_new on procurement.tender for insert to yiqi_app with check (org_id = (select shared.current_org()));
-- An opener's key or signature may be what moves it on; which columns change is the services' matter.
create policy tender_change on procurement.tender for update to yiqi_app
  using (shared.sees(org_id) or procurement.opens(id, (select shared.current_org()))) with check (true);
-- A question is everybody's once it is answered; before that the asker's and the buyer's.
create policy question_app on procurement.question for all to yiqi_app
  using (answered_at is not null or asker_org = (select shared.current_org())
    or exists (select 1 from procurement.tender x where x.id = tender_id and shared.sees(x.org_id)))
  with check (exists (select 1 from procurement.tender x where x.id = tender_id));
