-- Tenders and what everybody may read of them.
create sequence procurement.tender_number;
grant usage on sequence procurement.tender_number to yiqi_app, yiqi_worker;

-- Who asks in time is answered in time: days before the deadline, and working days for the answer.
alter table procurement.rule_set
  add column ask_days int not null default 10 check (ask_days > 0),
  add column answer_days int not null default 3 check (answer_days > 0);

-- Days that are not what their weekday says: holidays, and Saturdays or Sundays that are worked for them.
create table procurement.calendar_day (
  day date primary key,
  working boolean not null,
  name_zh text not null,
  name_en text not null
);
insert into procurement.calendar_day
select d::date, false, h.zh, h.en
  from (values
    ('2025-01-01', '2025-01-01', '元旦', 'New Year'),
    ('2025-01-28', '2025-02-04', '春节', 'Spring Festival'),
    ('2025-04-04', '2025-04-06', '清明节', 'Tomb-Sweeping Day'),
    ('2025-05-01', '2025-05-05', '劳动节', 'Labour Day'),
    ('2025-05-31', '2025-06-02', '端午节', 'Dragon Boat Festival'),
    ('2025-10-01', '2025-10-08', '国庆节、中秋节', 'National Day and Mid-Autumn Festival'),
    ('2026-01-01', '2026-01-03', '元旦', 'New Year'),
    ('2026-02-15', '2026-02-23', '春节', 'Spring Festival'),
    ('2026-04-04', '2026-04-06', '清明节', 'Tomb-Sweeping Day'),
    ('2026-05-01', '2026-05-05', '劳动节', 'Labour Day'),
    ('2026-06-19', '2026-06-21', '端午节', 'Dragon Boat Festival'),
    ('2026-09-25', '2026-09-27', '中秋节', 'Mid-Autumn Festival'),
    ('2026-10-01', '2026-10-07', '国庆节', 'National Day'),
    -- Fixed by statute; the arrangement of the year adds the days around them.
    ('2027-01-01', '2027-01-01', '元旦', 'New Year'),
    ('2027-05-01', '2027-05-02', '劳动节', 'Labour Day'),
    ('2027-10-01', '2027-10-03', '国庆节', 'National Day')) h(first, last, zh, en)
 cross join lateral generate_series(h.first::date, h.last::date, interval '1 day') d;
insert into procurement.calendar_day
select d::date, true, '调休上班', 'Working day in exchange'
  from unnest(array['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11',
                    '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']) d;
grant select on procurement.calendar_day to yiqi_app, yiqi_worker, yiqi_auditor;

create table procurement.tender (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  ocid text not null,
  org_id uuid not null,
  buyer_zh text not null,
  buyer_en text not null,
  buyer_code text not null,
  plan_id uuid not null references procurement.plan(id),
  -- What the plan says stands here too: those who read the notice do not see the plan.
  budget_line text not null,
  budget_minor bigint not null check (budget_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  title text not null check (length(title) between 1 and 200),
  title_en text not null check (length(title_en) between 1 and 200),
  description text not null check (length(description) between 1 and 8000),
  description_en text not null check (length(description_en) between 1 and 8000),
  award_criteria text not null check (award_criteria in ('PRICE_ONLY', 'QUALITY_AND_PRICE', 'LIFE_CYCLE_COST')),
  envelopes int not null check (envelopes in (1, 2)),
  openers uuid[] not null,
  threshold int not null check (threshold = 3),
  deadline timestamptz not null,
  state text not null check (state in ('DRAFT', 'SIGNING', 'ACTIVE', 'CANCELLED', 'UNSUCCESSFUL')),
  act_id uuid,
  terms text,
  terms_salt text check (terms_salt ~ '^[0-9a-f]{64}$'),
  made_by uuid not null,
  made_at timestamptz not null,
  published_at timestamptz,
  ended_at timestamptz,
  end_reason text not null default '' check (length(end_reason) <= 2000),
  constraint tender_number_once unique (number),
  constraint tender_ocid_once unique (ocid),
  constraint tender_five_openers check (state = 'DRAFT' or cardinality(openers) = 5),
  constraint tender_published check (state in ('DRAFT', 'SIGNING', 'CANCELLED') or published_at is not null),
  constraint tender_notice_stands check (published_at is null or (terms is not null and terms_salt is not null)),
  constraint tender_ended check ((state in ('CANCELLED', 'UNSUCCESSFUL')) = (ended_at is not null)),
  constraint tender_end_says_why check (ended_at is null or length(end_reason) > 0)
);
create index tender_org on procurement.tender (org_id, made_at);
create index tender_public on procurement.tender (published_at) where published_at is not null;
create index tender_act on procurement.tender (act_id) where act_id is not null;
-- One tender at a time buys what a plan says.
create unique index tender_of_plan on procurement.tender (plan_id) where state not in ('CANCELLED', 'UNSUCCESSFUL');

create table procurement.tender_lot (
  tender_id uuid not null references procurement.tender(id),
  position int not null,
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,19}$'),
  title text not null check (length(title) between 1 and 200),
  title_en text not null check (length(title_en) between 1 and 200),
  quantity int not null check (quantity between 1 and 10000),
  value_minor bigint not null check (value_minor > 0),
  primary key (tender_id, position),
  constraint tender_lot_once unique (tender_id, code)
);
create table procurement.tender_requirement (
  tender_id uuid not null references procurement.tender(id),
  position int not null,
  lot text,
  title text not null check (length(title) between 1 and 1000),
  title_en text not null check (length(title_en) between 1 and 1000),
  mandatory boolean not null,
  primary key (tender_id, position),
  foreign key (tender_id, lot) references procurement.tender_lot(tender_id, code)
);
create table procurement.tender_criterion (
  tender_id uuid not null references procurement.tender(id),
  position int not null,
  kind text not null check (kind in ('PRICE', 'QUALITY', 'LIFE_CYCLE_COST')),
  name text not null check (length(name) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  weight int not null check (weight between 1 and 100),
  primary key (tender_id, position)
);
create table procurement.tender_document (
  id uuid primary key,
  tender_id uuid not null references procurement.tender(id),
  title text not null check (length(title) between 1 and 200),
  kind text not null check (kind in ('biddingDocuments', 'technicalSpecifications', 'evaluationCriteria', 'contractDraft',
    'clarifications', 'tenderNotice')),
  media_type text not null check (media_type in ('application/pdf', 'text/plain', 'image/png', 'image/jpeg')),
  size int not null check (size between 1 and 10485760),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null,
  added_by uuid not null,
  added_at timestamptz not null
);
create index tender_document_of on procurement.tender_document (tender_id, added_at);
-- Keys that openers made on their own machines, each with a proof that it has the private half.
create table procurement.opener_key (
  tender_id uuid not null references procurement.tender(id),
  opener uuid not null,
  envelope text not null check (envelope in ('TECHNICAL', 'PRICE')),
  public_key text not null check (length(public_key) <= 400),
  proof text not null check (length(proof) <= 400),
  registered_by uuid not null,
  registered_at timestamptz not null,
  primary key (tender_id, opener, envelope),
  constraint opener_key_single_use unique (public_key)
);
-- Who asked is for nobody else: a list of who is interested would tell bidders of each other.
create table procurement.enquiry (
  id uuid primary key,
  tender_id uuid not null references procurement.tender(id),
  number int not null check (number > 0),
  asker_org uuid not null,
  asked_by uuid not null,
  question text not null check (length(question) between 1 and 4000),
  asked_at timestamptz not null,
  answer_by timestamptz not null,
  answer text check (length(answer) between 1 and 8000),
  answered_by uuid,
  answered_at timestamptz,
  constraint enquiry_number_once unique (tender_id, number),
  constraint enquiry_answered check ((answer is null) = (answered_at is null))
);
create table procurement.amendment (
  id uuid primary key,
  tender_id uuid not null references procurement.tender(id),
  number int not null check (number > 0),
  act_id uuid not null,
  deadline timestamptz not null,
  description text not null check (length(description) between 1 and 8000),
  description_en text not null check (length(description_en) between 1 and 8000),
  rationale text not null check (length(rationale) between 1 and 2000),
  rationale_en text not null check (length(rationale_en) between 1 and 2000),
  terms text not null,
  terms_salt text not null check (terms_salt ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('WAITING', 'MADE', 'LAPSED')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  made_at timestamptz,
  constraint amendment_number_once unique (tender_id, number),
  constraint amendment_made check ((state = 'MADE') = (made_at is not null))
);
create unique index amendment_one_waiting on procurement.amendment (tender_id) where state = 'WAITING';

-- Open data: what was published when. Never changed; the feed's cursor is the sequence.
create table procurement.release (
  seq bigint generated always as identity primary key,
  id text not null,
  ocid text not null,
  org_id uuid not null,
  tag text not null,
  at timestamptz not null,
  document text not null,
  constraint release_once unique (id)
);
create index release_ocid on procurement.release (ocid, seq);

-- The plan's weights make a whole, and its lots exist, before anybody signs.
create function procurement.check_tender() returns trigger language plpgsql as $$
begin
  if old.state = 'DRAFT' and new.state in ('SIGNING', 'ACTIVE') then
    if (select coalesce(sum(weight), 0) from procurement.tender_criterion where tender_id = new.id) <> 100 then
      raise exception using errcode = '23514', constraint = 'tender_weights', message = 'weights are not 100';
    end if;
    if not exists (select 1 from procurement.tender_lot where tender_id = new.id) then
      raise exception using errcode = '23514', constraint = 'tender_has_lots', message = 'no lots';
    end if;
  end if;
  if old.published_at is not null and new.deadline < old.deadline then
    raise exception using errcode = '23514', constraint = 'tender_deadline_grows', message = 'a deadline never comes nearer';
  end if;
  return new;
end $$;
create trigger tender_checked before update on procurement.tender for each row execute function procurement.check_tender();

alter table procurement.tender enable row level security;
alter table procurement.tender force row level security;
create policy tender_read on procurement.tender for select to yiqi_app
  using (published_at is not null or shared.sees(org_id) or shared.current_org() = any(openers));
create policy tender_new on procurement.tender for insert to yiqi_app with check (shared.sees(org_id));
create policy tender_write on procurement.tender for update to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id));
create policy tender_worker on procurement.tender for all to yiqi_worker using (true) with check (true);
create policy tender_auditor on procurement.tender for select to yiqi_auditor using (true);
grant select, insert, update on procurement.tender to yiqi_app, yiqi_worker;
grant select on procurement.tender to yiqi_auditor;

do $$ declare t text; begin
  foreach t in array array['tender_lot', 'tender_requirement', 'tender_criterion', 'tender_document', 'amendment',
                           'opener_key', 'enquiry'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('create policy %I on procurement.%I for select to yiqi_app
      using (exists (select 1 from procurement.tender x where x.id = tender_id))', t || '_read', t);
    execute format('grant select, insert on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['tender_lot', 'tender_requirement', 'tender_criterion', 'tender_document'] loop
    execute format('create policy %I on procurement.%I for insert to yiqi_app
      with check (exists (select 1 from procurement.tender x where x.id = tender_id and shared.sees(x.org_id)))', t || '_new', t);
    execute format('create policy %I on procurement.%I for delete to yiqi_app
      using (exists (select 1 from procurement.tender x where x.id = tender_id and x.state = ''DRAFT'' and shared.sees(x.org_id)))',
      t || '_clear', t);
    execute format('grant delete on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['amendment'] loop
    execute format('create policy %I on procurement.%I for insert to yiqi_app
      with check (exists (select 1 from procurement.tender x where x.id = tender_id and shared.sees(x.org_id)))', t || '_new', t);
  end loop;
  foreach t in array array['amendment', 'enquiry'] loop
    execute format('create policy %I on procurement.%I for update to yiqi_app
      using (exists (select 1 from procurement.tender x where x.id = tender_id and shared.sees(x.org_id)))', t || '_write', t);
    execute format('grant update on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
end $$;
create policy opener_key_new on procurement.opener_key for insert to yiqi_app with check (opener = shared.current_org());
create policy opener_key_again on procurement.opener_key for delete to yiqi_app
  using (opener = shared.current_org()
         and exists (select 1 from procurement.tender x where x.id = tender_id and x.state = 'DRAFT'));
grant delete on procurement.opener_key to yiqi_app;
create policy enquiry_new on procurement.enquiry for insert to yiqi_app with check (asker_org = shared.current_org());

alter table procurement.release enable row level security;
alter table procurement.release force row level security;
create policy release_read on procurement.release for select to yiqi_app, yiqi_auditor using (true);
create policy release_new on procurement.release for insert to yiqi_app with check (shared.sees(org_id));
create policy release_worker on procurement.release for all to yiqi_worker using (true) with check (true);
grant select, insert on procurement.release to yiqi_app, yiqi_worker;
grant select on procurement.release to yiqi_auditor;
