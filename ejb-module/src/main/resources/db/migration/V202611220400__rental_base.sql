-- Offers, their prices, and the rentals made from them.
create schema rental;
grant usage on schema rental to yiqi_app, yiqi_worker, yiqi_auditor;

create sequence rental.rental_number;
grant usage on sequence rental.rental_number to yiqi_app, yiqi_worker;

-- A revision of a price list. Never changed: a contract pins the revision that it was made under.
create table rental.tariff (
  id uuid primary key,
  owner_org uuid not null,
  name text not null check (length(name) between 1 and 120),
  revision int not null check (revision > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  base bigint not null check (base >= 0),
  deposit bigint not null check (deposit >= 0),
  created_at timestamptz not null,
  constraint tariff_revision unique (owner_org, name, revision)
);
create table rental.tariff_package (
  tariff_id uuid not null references rental.tariff(id),
  position int not null,
  length int not null check (length > 0),
  unit text not null check (unit in ('HOUR', 'DAY')),
  price bigint not null check (price >= 0),
  primary key (tariff_id, position)
);
create table rental.tariff_tier (
  tariff_id uuid not null references rental.tariff(id),
  position int not null,
  first_use int not null check (first_use > 0),
  price bigint not null check (price >= 0),
  primary key (tariff_id, position)
);

create table rental.offer (
  id uuid primary key,
  version bigint not null default 0,
  owner_org uuid not null,
  owner_zh text not null,
  owner_en text not null,
  unit_id uuid not null,
  unit_zh text not null,
  unit_en text not null,
  category text not null,
  capability text not null,
  region_code text not null,
  latitude double precision,
  longitude double precision,
  tariff_id uuid not null references rental.tariff(id),
  state text not null check (state in ('DRAFT', 'PUBLISHED', 'PAUSED', 'WITHDRAWN')),
  open_minute int not null check (open_minute between 0 and 1439),
  close_minute int not null check (close_minute between 1 and 1440),
  buffer_before int not null check (buffer_before between 0 and 720),
  buffer_after int not null check (buffer_after between 0 and 720),
  notice_hours int not null check (notice_hours between 0 and 8760),
  regions text not null default '',
  transport text not null check (transport in ('OWNER', 'LESSEE', 'CARRIER')),
  transport_fee bigint not null check (transport_fee >= 0),
  transport_per_km bigint not null check (transport_per_km >= 0),
  note text not null default '',
  created_at timestamptz not null,
  constraint offer_hours check (open_minute < close_minute)
);
-- One open offer for a unit: two price lists for one hour would leave the lessee guessing.
create unique index offer_open_unit on rental.offer (unit_id) where state <> 'WITHDRAWN';
create index offer_owner on rental.offer (owner_org, created_at);
create index offer_published on rental.offer (category) where state = 'PUBLISHED';
create table rental.offer_window (
  offer_id uuid not null references rental.offer(id),
  from_at timestamptz not null,
  to_at timestamptz not null,
  constraint offer_window_order check (from_at < to_at),
  constraint offer_window_apart exclude using gist (offer_id with =, tstzrange(from_at, to_at) with &&)
);
create index offer_window_offer on rental.offer_window (offer_id);

create table rental.rental (
  id uuid primary key,
  version bigint not null default 0,
  number text not null,
  state text not null check (state in ('DRAFT', 'UNDER_REVIEW', 'APPROVED', 'DISPATCHED', 'DELIVERED', 'ACTIVE', 'OVERDUE',
    'RETURNING', 'LIABILITY_OPEN', 'SETTLING', 'CLOSED', 'REJECTED', 'CANCELLED')),
  offer_id uuid not null references rental.offer(id),
  tariff_id uuid not null references rental.tariff(id),
  unit_id uuid not null,
  unit_zh text not null,
  unit_en text not null,
  owner_org uuid not null,
  owner_zh text not null,
  owner_en text not null,
  lessee_org uuid not null,
  lessee_zh text not null,
  lessee_en text not null,
  parties uuid[] generated always as (array[owner_org, lessee_org]) stored,
  applicant uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reserved_from timestamptz not null,
  reserved_to timestamptz not null,
  place text not null check (length(place) between 1 and 300),
  purpose text not null check (length(purpose) between 1 and 2000),
  planned_uses int not null check (planned_uses >= 0),
  transport_cost bigint not null check (transport_cost >= 0),
  quoted bigint not null check (quoted >= 0),
  currency text not null,
  created_at timestamptz not null,
  submitted_at timestamptz,
  hold_until timestamptz,
  marks int not null default 0 check (marks between 0 and 3),
  carrier text not null default '',
  seal text not null default '',
  dispatched_at timestamptz,
  delivered_at timestamptz,
  returned_at timestamptz,
  uses int not null default 0 check (uses >= 0),
  damage text not null default '',
  reason text not null default '',
  flagged text not null default '',
  constraint rental_number_once unique (number),
  constraint rental_period check (from_at < to_at and reserved_from <= from_at and to_at <= reserved_to),
  constraint rental_two_parties check (owner_org <> lessee_org)
);
create index rental_owner on rental.rental (owner_org, created_at);
create index rental_lessee on rental.rental (lessee_org, created_at);
create index rental_unit on rental.rental (unit_id, from_at);
create index rental_clock on rental.rental (state, submitted_at)
  where state in ('DRAFT', 'UNDER_REVIEW', 'ACTIVE');

create table rental.approval (
  rental_id uuid not null references rental.rental(id),
  side text not null check (side in ('OWNER', 'PLATFORM')),
  org_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  primary key (rental_id, side)
);
-- The acts by which custody moves. Both signatures stand in the ledger; here is what the rental waits for.
create table rental.handover (
  act_id uuid primary key,
  rental_id uuid not null references rental.rental(id),
  kind text not null check (kind in ('OFFERED', 'ACCEPTED', 'RETURNED')),
  proposed_at timestamptz not null,
  completed_at timestamptz,
  lapsed boolean not null default false
);
create unique index handover_once on rental.handover (rental_id, kind) where not lapsed;
create table rental.extension (
  id uuid primary key,
  rental_id uuid not null references rental.rental(id),
  from_at timestamptz not null,
  to_at timestamptz not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  agreed boolean not null default false,
  constraint extension_order check (from_at < to_at)
);
create unique index extension_open on rental.extension (rental_id) where not agreed;
-- What happened, in order; rows are only added.
create table rental.step (
  id uuid primary key,
  rental_id uuid not null references rental.rental(id),
  at timestamptz not null,
  org_id uuid,
  verb text not null,
  from_state text not null,
  to_state text not null,
  note text not null default ''
);
create index step_rental on rental.step (rental_id, at);
create table rental.condition_report (
  id uuid primary key,
  rental_id uuid not null references rental.rental(id),
  moment text not null check (moment in ('DISPATCH', 'DELIVERY', 'RETURN', 'INSPECTION')),
  org_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  sound boolean not null,
  checklist jsonb not null,
  note text not null default ''
);
create index condition_rental on rental.condition_report (rental_id, at);

-- What is known of a lender from finished rentals; everyone may read it, only the state machine writes it.
create table rental.lender_record (
  org_id uuid primary key,
  finished int not null default 0 check (finished >= 0),
  withdrawn int not null default 0 check (withdrawn >= 0)
);

do $$
declare t text;
begin
  foreach t in array array['tariff','tariff_package','tariff_tier','offer','offer_window','rental','approval','handover',
      'extension','step','condition_report','lender_record'] loop
    execute format('alter table rental.%I enable row level security', t);
    execute format('alter table rental.%I force row level security', t);
    execute format('create policy %I on rental.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on rental.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on rental.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on rental.%I to yiqi_auditor', t);
  end loop;
end $$;
grant delete on rental.offer_window to yiqi_app, yiqi_worker;
revoke update on rental.step, rental.approval, rental.condition_report, rental.tariff, rental.tariff_package,
  rental.tariff_tier from yiqi_app, yiqi_worker;

-- Anyone who is signed in sees what is published; the rest is the owner's. A rental keeps its offer and price visible.
create policy rental_app on rental.rental for all to yiqi_app
  using (shared.sees_any(array[owner_org, lessee_org])) with check (shared.sees_any(array[owner_org, lessee_org]));
create policy offer_read on rental.offer for select to yiqi_app
  using (shared.sees(owner_org) or (state = 'PUBLISHED' and shared.scope() <> '')
    or exists (select 1 from rental.rental r where r.offer_id = offer.id));
create policy offer_new on rental.offer for insert to yiqi_app with check (shared.sees(owner_org));
create policy offer_write on rental.offer for update to yiqi_app
  using (shared.sees(owner_org)) with check (shared.sees(owner_org));
create policy offer_window_read on rental.offer_window for select to yiqi_app
  using (exists (select 1 from rental.offer o where o.id = offer_id));
create policy offer_window_write on rental.offer_window for insert to yiqi_app
  with check (exists (select 1 from rental.offer o where o.id = offer_id and shared.sees(o.owner_org)));
create policy offer_window_clear on rental.offer_window for delete to yiqi_app
  using (exists (select 1 from rental.offer o where o.id = offer_id and shared.sees(o.owner_org)));
create policy tariff_read on rental.tariff for select to yiqi_app
  using (shared.sees(owner_org) or exists (select 1 from rental.offer o where o.tariff_id = tariff.id)
    or exists (select 1 from rental.rental r where r.tariff_id = tariff.id));
create policy tariff_new on rental.tariff for insert to yiqi_app with check (shared.sees(owner_org));
create policy tariff_package_read on rental.tariff_package for select to yiqi_app
  using (exists (select 1 from rental.tariff t where t.id = tariff_id));
create policy tariff_package_new on rental.tariff_package for insert to yiqi_app
  with check (exists (select 1 from rental.tariff t where t.id = tariff_id and shared.sees(t.owner_org)));
create policy tariff_tier_read on rental.tariff_tier for select to yiqi_app
  using (exists (select 1 from rental.tariff t where t.id = tariff_id));
create policy tariff_tier_new on rental.tariff_tier for insert to yiqi_app
  with check (exists (select 1 from rental.tariff t where t.id = tariff_id and shared.sees(t.owner_org)));
create policy approval_app on rental.approval for all to yiqi_app
  using (exists (select 1 from rental.rental r where r.id = rental_id))
  with check (exists (select 1 from rental.rental r where r.id = rental_id));
create policy handover_app on rental.handover for all to yiqi_app
  using (exists (select 1 from rental.rental r where r.id = rental_id))
  with check (exists (select 1 from rental.rental r where r.id = rental_id));
create policy extension_app on rental.extension for all to yiqi_app
  using (exists (select 1 from rental.rental r where r.id = rental_id))
  with check (exists (select 1 from rental.rental r where r.id = rental_id));
create policy step_app on rental.step for all to yiqi_app
  using (exists (select 1 from rental.rental r where r.id = rental_id))
  with check (exists (select 1 from rental.rental r where r.id = rental_id));
create policy condition_app on rental.condition_report for all to yiqi_app
  using (exists (select 1 from rental.rental r where r.id = rental_id))
  with check (exists (select 1 from rental.rental r where r.id = rental_id));
create policy lender_record_app on rental.lender_record for all to yiqi_app
  using (shared.scope() <> '') with check (shared.scope() <> '');
