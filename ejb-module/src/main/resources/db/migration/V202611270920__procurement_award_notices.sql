-- From the ranking to the contract: a published notice, days in which bidders may complain, and the award that is final after them.

-- The rules of a day are those of the latest row that is not after it. Days are working days.
create table procurement.award_rule_set (
  from_day date primary key,
  standstill_days int not null check (standstill_days > 0),
  decision_days int not null check (decision_days > 0),
  source text not null
);
insert into procurement.award_rule_set values ('2020-01-01', 7, 30, '政府采购法 §52 (七个工作日), §56 (三十个工作日)');
grant select on procurement.award_rule_set to yiqi_app, yiqi_worker, yiqi_auditor;

create table procurement.award_notice (
  id uuid primary key,
  version bigint not null default 0,
  tender_id uuid not null references procurement.evaluation(tender_id),
  lot text not null,
  bid_id uuid not null references procurement.bid(id),
  org_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Why better bids were passed over.
  reason text not null default '' check (length(reason) <= 2000),
  state text not null default 'STANDSTILL' check (state in ('STANDSTILL', 'SUSPENDED', 'WITHDRAWN', 'AWARDED')),
  rules_of date not null references procurement.award_rule_set(from_day),
  published_by uuid not null,
  published_at timestamptz not null,
  standstill_until timestamptz not null,
  suspended_at timestamptz,
  ended_at timestamptz,
  foreign key (tender_id, lot) references procurement.lot(tender_id, code),
  -- A bid whose award was withdrawn does not come back.
  constraint award_notice_bid_once unique (tender_id, lot, bid_id),
  constraint award_notice_waits check (standstill_until > published_at),
  constraint award_notice_suspended check ((state = 'SUSPENDED') = (suspended_at is not null)),
  constraint award_notice_ended check ((state in ('WITHDRAWN', 'AWARDED')) = (ended_at is not null))
);
create unique index award_notice_one_live on procurement.award_notice (tender_id, lot) where state <> 'WITHDRAWN';

create table procurement.complaint (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  notice_id uuid not null references procurement.award_notice(id),
  tender_id uuid not null,
  lot text not null,
  org_id uuid not null,
  buyer_id uuid not null,
  grounds text not null check (length(grounds) between 1 and 8000),
  state text not null default 'OPEN' check (state in ('OPEN', 'DISMISSED', 'UPHELD', 'WITHDRAWN', 'MOOT')),
  remedy text not null default '' check (remedy in ('', 'REDECIDE', 'FAIL')),
  decision text not null default '' check (length(decision) <= 4000),
  made_by uuid not null,
  made_at timestamptz not null,
  decide_by timestamptz not null,
  decided_org uuid,
  decided_by uuid,
  decided_at timestamptz,
  foreign key (tender_id, lot) references procurement.lot(tender_id, code),
  constraint complaint_number_once unique (number),
  -- Said once and whole (政府采购质疑和投诉办法 §10): nobody stops an award again and again.
  constraint complaint_once unique (notice_id, org_id),
  constraint complaint_decided check ((state = 'OPEN') = (decided_at is null)),
  constraint complaint_remedy check ((state = 'UPHELD') = (remedy <> '')),
  constraint complaint_says_why check (state not in ('DISMISSED', 'UPHELD') or decision <> '')
);
create unique index complaint_one_open on procurement.complaint (tender_id, lot, org_id) where state = 'OPEN';
create index complaint_open on procurement.complaint (decide_by) where state = 'OPEN';
create index complaint_maker on procurement.complaint (org_id, made_at desc);
create index complaint_buyer on procurement.complaint (buyer_id, made_at desc);
create sequence procurement.complaint_number;
grant usage on sequence procurement.complaint_number to yiqi_app, yiqi_worker;

do $$ declare t text; begin
  foreach t in array array['award_notice', 'complaint'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
end $$;
-- A notice is everybody's; what a bidder complains of is its own, the buyer's and the regulators'.
create policy award_notice_read on procurement.award_notice for select to yiqi_app using (true);
create policy award_notice_new on procurement.award_notice for insert to yiqi_app with check (shared.scope() = 'SYSTEM');
create policy award_notice_change on procurement.award_notice for update to yiqi_app using (shared.scope() = 'SYSTEM');
create policy complaint_read on procurement.complaint for select to yiqi_app
  using (shared.sees_any(array[org_id, buyer_id]));
create policy complaint_new on procurement.complaint for insert to yiqi_app with check (shared.scope() = 'SYSTEM');
create policy complaint_change on procurement.complaint for update to yiqi_app using (shared.scope() = 'SYSTEM');

-- A notice says what was ranked, and stays.
create function procurement.award_notice_stays() returns trigger language plpgsql as $$
begin
  if (new.tender_id, new.lot, new.bid_id, new.org_id, new.amount_minor, new.currency, new.published_at)
      is distinct from (old.tender_id, old.lot, old.bid_id, old.org_id, old.amount_minor, old.currency, old.published_at)
      or old.state in ('WITHDRAWN', 'AWARDED') or new.standstill_until < old.standstill_until then
    raise exception 'an award notice stays' using errcode = 'check_violation', constraint = 'award_notice_stays';
  end if;
  return new;
end $$;
create trigger award_notice_stays before update on procurement.award_notice
  for each row execute function procurement.award_notice_stays();

-- Who complains has bid for that lot and comes in time.
create function procurement.complaint_in_time() returns trigger language plpgsql as $$
declare
  notice procurement.award_notice;
begin
  select * into strict notice from procurement.award_notice where id = new.notice_id for update;
  if notice.state not in ('STANDSTILL', 'SUSPENDED')
      or (notice.state = 'STANDSTILL' and new.made_at >= notice.standstill_until) then
    raise exception 'the standstill is over' using errcode = 'check_violation', constraint = 'complaint_in_time';
  end if;
  if notice.tender_id <> new.tender_id or notice.lot <> new.lot or not exists (
      select 1 from procurement.opened_envelope o join procurement.bid b on b.id = o.bid_id
       where o.tender_id = new.tender_id and o.lot = new.lot and b.org_id = new.org_id) then
    raise exception 'a bidder of the lot complains' using errcode = 'check_violation', constraint = 'complaint_of_bidder';
  end if;
  return new;
end $$;
create trigger complaint_in_time before insert on procurement.complaint
  for each row execute function procurement.complaint_in_time();

-- No award before its standstill is over or while a complaint is open, and none but the one that the notice named; nothing fails
-- that is under notice.
create function procurement.award_after_standstill() returns trigger language plpgsql as $$
begin
  if new.bid_id is null then
    if exists (select 1 from procurement.award_notice n
        where n.tender_id = new.tender_id and n.lot = new.lot and n.state in ('STANDSTILL', 'SUSPENDED')) then
      raise exception 'the lot is under notice' using errcode = 'check_violation', constraint = 'lot_under_notice';
    end if;
  elsif not exists (select 1 from procurement.award_notice n
      where n.tender_id = new.tender_id and n.lot = new.lot and n.bid_id = new.bid_id and n.org_id = new.org_id
        and n.amount_minor = new.amount_minor and n.currency = new.currency and n.state = 'STANDSTILL'
        and n.standstill_until <= new.decided_at)
      or exists (select 1 from procurement.complaint c
        where c.tender_id = new.tender_id and c.lot = new.lot and c.state = 'OPEN') then
    raise exception 'no award before the standstill is over' using errcode = 'check_violation', constraint = 'award_after_standstill';
  end if;
  return new;
end $$;
create trigger award_after_standstill before insert on procurement.lot_award
  for each row execute function procurement.award_after_standstill();
-- An award whose act nobody signed in time can be signed again.
grant delete on procurement.lot_award to yiqi_app;
create function procurement.award_signed_stays() returns trigger language plpgsql as $$
begin
  if old.act_id is not null then
    raise exception 'a signed award stays' using errcode = 'check_violation', constraint = 'award_signed_stays';
  end if;
  return old;
end $$;
create trigger award_signed_stays before delete on procurement.lot_award
  for each row execute function procurement.award_signed_stays();
