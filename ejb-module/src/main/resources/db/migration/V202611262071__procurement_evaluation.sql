-- Panels drawn by lot, sheets that nobody else sees before all are locked, what came out, and who got it.

-- The formula by which a tender's prices become points; it stands before anybody bids.
create table procurement.tender_formula (
  tender_id uuid primary key references procurement.tender(id),
  code text not null references procurement.price_formula(code)
);
create function procurement.formula_stays() returns trigger language plpgsql as $$
begin
  if (select state from procurement.tender where id = new.tender_id) <> 'DRAFT' then
    raise exception 'a formula stands once the tender is signed' using errcode = 'check_violation', constraint = 'tender_formula_stays';
  end if;
  return new;
end $$;
create trigger tender_formula_stays before insert or update on procurement.tender_formula
  for each row execute function procurement.formula_stays();

-- Seeds: the digest is public from the publication on, the seed when it was used.
create table procurement.draw (
  tender_id uuid not null references procurement.tender(id),
  purpose text not null check (purpose in ('PANEL', 'TIE')),
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  committed_at timestamptz not null,
  word text not null default '' check (length(word) <= 200),
  seed text not null default '' check (seed ~ '^([0-9a-f]{64})?$'),
  candidates uuid[] not null default '{}',
  revealed_at timestamptz,
  primary key (tender_id, purpose),
  constraint draw_revealed check ((seed <> '') = (revealed_at is not null))
);
create table procurement.draw_secret (
  tender_id uuid not null,
  purpose text not null,
  seed bytea not null check (octet_length(seed) = 32),
  primary key (tender_id, purpose),
  foreign key (tender_id, purpose) references procurement.draw(tender_id, purpose)
);
create function procurement.draw_stays() returns trigger language plpgsql as $$
begin
  if old.revealed_at is not null or new.commitment <> old.commitment or new.committed_at <> old.committed_at then
    raise exception 'a draw is made once' using errcode = 'check_violation', constraint = 'draw_once';
  end if;
  return new;
end $$;
create trigger draw_stays before update on procurement.draw for each row execute function procurement.draw_stays();

create table procurement.evaluation (
  tender_id uuid primary key references procurement.tender(id),
  version bigint not null default 0,
  org_id uuid not null,
  state text not null check (state in ('PANEL', 'SCORING', 'EXPLAINING', 'JUDGED', 'QUALIFIED', 'PRICED', 'RANKED', 'DECIDED')),
  rules_of date not null,
  formula text not null references procurement.price_formula(code),
  panel int not null check (panel >= 3 and panel % 2 = 1),
  experts int not null check (experts * 3 >= panel * 2 and experts <= panel),
  began_by uuid not null,
  began_at timestamptz not null
);
create table procurement.panel_seat (
  id uuid primary key,
  version bigint not null default 0,
  tender_id uuid not null references procurement.evaluation(tender_id),
  number int not null check (number > 0),
  kind text not null check (kind in ('EXPERT', 'BUYER')),
  person_id uuid not null,
  org_id uuid not null,
  name text not null,
  state text not null check (state in ('INVITED', 'ACCEPTED', 'DECLINED', 'RECUSED', 'EXPIRED')),
  invited_at timestamptz not null,
  answer_until timestamptz not null,
  answered_at timestamptz,
  reason text not null default '' check (length(reason) <= 2000),
  constraint panel_seat_person_once unique (tender_id, person_id),
  constraint panel_seat_left_says_why check (state not in ('DECLINED', 'RECUSED') or length(reason) > 0)
);
create unique index panel_seat_taken_once on procurement.panel_seat (tender_id, number) where state in ('INVITED', 'ACCEPTED');
create index panel_seat_person on procurement.panel_seat (person_id, invited_at desc);

create table procurement.sheet (
  id uuid primary key,
  version bigint not null default 0,
  tender_id uuid not null references procurement.evaluation(tender_id),
  seat_id uuid not null references procurement.panel_seat(id),
  org_id uuid not null,
  lot text not null,
  bid_id uuid not null,
  state text not null check (state in ('DRAFT', 'LOCKED')),
  locked_at timestamptz,
  constraint sheet_once unique (seat_id, bid_id),
  constraint sheet_locked check ((state = 'LOCKED') = (locked_at is not null))
);
create index sheet_tender on procurement.sheet (tender_id, lot, bid_id);
create table procurement.verdict (
  sheet_id uuid not null references procurement.sheet(id),
  requirement int not null,
  met boolean not null,
  reason text not null default '' check (length(reason) <= 2000),
  primary key (sheet_id, requirement)
);
create table procurement.mark (
  sheet_id uuid not null references procurement.sheet(id),
  criterion int not null,
  points numeric(5, 2) not null check (points >= 0),
  explanation text not null default '' check (length(explanation) <= 2000),
  primary key (sheet_id, criterion)
);

-- A locked sheet stays as it is; only an explanation that was missing may be added, once.
create function procurement.sheet_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'LOCKED' then
    raise exception 'a locked sheet stays' using errcode = 'check_violation', constraint = 'sheet_stays';
  end if;
  return coalesce(new, old);
end $$;
create trigger sheet_stays before update or delete on procurement.sheet for each row execute function procurement.sheet_stays();
create function procurement.scores_stay() returns trigger language plpgsql as $$
declare
  sheet procurement.sheet;
  most int;
begin
  select * into strict sheet from procurement.sheet where id = coalesce(new.sheet_id, old.sheet_id);
  if sheet.state = 'LOCKED' then
    if tg_table_name = 'mark' and tg_op = 'UPDATE' then
      if new.sheet_id = old.sheet_id and new.criterion = old.criterion and new.points = old.points and old.explanation = '' then
        return new;
      end if;
    end if;
    raise exception 'a locked sheet stays' using errcode = 'check_violation', constraint = 'sheet_stays';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if tg_table_name = 'mark' then
    select weight into most from procurement.criterion
     where tender_id = sheet.tender_id and position = new.criterion and kind = 'QUALITY';
    if most is null or new.points > most then
      raise exception 'points are within the weight' using errcode = 'check_violation', constraint = 'mark_within_weight';
    end if;
  end if;
  return new;
end $$;
create trigger verdict_stays before insert or update or delete on procurement.verdict
  for each row execute function procurement.scores_stay();
create trigger mark_stays before insert or update or delete on procurement.mark for each row execute function procurement.scores_stay();

-- What was published of an envelope's judging, entry by entry; its root is in the act.
create table procurement.evaluation_document (
  tender_id uuid not null references procurement.evaluation(tender_id),
  envelope text not null check (envelope in ('TECHNICAL', 'PRICE')),
  content text not null,
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  act_id uuid,
  primary key (tender_id, envelope)
);

create table procurement.low_price (
  bid_id uuid primary key,
  tender_id uuid not null references procurement.evaluation(tender_id),
  org_id uuid not null,
  lot text not null,
  reasons text[] not null,
  asked_at timestamptz not null,
  answer_until timestamptz not null,
  answer text not null default '' check (length(answer) <= 8000),
  answered_at timestamptz,
  accepted boolean,
  decision text not null default '' check (length(decision) <= 2000),
  decided_at timestamptz,
  constraint low_price_decided check ((accepted is null) = (decided_at is null) and (accepted is null) = (decision = ''))
);
create index low_price_tender on procurement.low_price (tender_id);
create index low_price_bidder on procurement.low_price (org_id);

create table procurement.lot_award (
  tender_id uuid not null references procurement.evaluation(tender_id),
  lot text not null,
  bid_id uuid,
  org_id uuid,
  amount_minor bigint check (amount_minor > 0),
  currency text not null,
  -- Why the lot failed, or why a better bid was passed over.
  reason text not null default '' check (length(reason) <= 2000),
  failed_as text not null default '',
  act_id uuid,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (tender_id, lot),
  foreign key (tender_id, lot) references procurement.lot(tender_id, code),
  constraint lot_award_or_failed check ((bid_id is null) = (failed_as <> '') and (bid_id is null) = (org_id is null)
    and (bid_id is null) = (amount_minor is null))
);
create index lot_award_winner on procurement.lot_award (org_id, decided_at desc) where org_id is not null;

do $$ declare t text; begin
  foreach t in array array['tender_formula', 'draw', 'draw_secret', 'evaluation', 'panel_seat', 'sheet', 'verdict', 'mark',
      'evaluation_document', 'low_price', 'lot_award'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['tender_formula', 'draw', 'evaluation', 'evaluation_document', 'lot_award'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.tender x where x.id = tender_id))
      with check (exists (select 1 from procurement.tender x where x.id = tender_id))', t || '_app', t);
  end loop;
  -- What shows before its time would help somebody: only the application's own work reads it, after asking who may know what.
  foreach t in array array['draw_secret', 'panel_seat', 'sheet', 'verdict', 'mark', 'low_price'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app using (shared.scope() = ''SYSTEM'')
      with check (shared.scope() = ''SYSTEM'')', t || '_app', t);
  end loop;
end $$;
grant delete on procurement.sheet, procurement.verdict, procurement.mark to yiqi_app;
