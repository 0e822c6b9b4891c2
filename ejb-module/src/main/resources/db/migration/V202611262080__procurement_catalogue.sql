-- What suppliers offer: a model with the supplier's own parameters, certificates, clinical cases and list price, and what
-- those say of it who have one at work.
create table procurement.product (
  id uuid primary key,
  version bigint not null default 0,
  supplier_id uuid not null,
  model_id uuid not null,
  name_zh text not null,
  name_en text not null,
  manufacturer text not null,
  category text not null,
  device_class text not null,
  description text not null check (length(description) <= 4000),
  price_minor bigint not null check (price_minor > 0 and price_minor <= 1000000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  warranty_months int not null check (warranty_months between 0 and 240),
  delivery_days int not null check (delivery_days between 0 and 720),
  words text not null,
  state text not null check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
  reviews int not null default 0,
  stars_sum int not null default 0,
  rating numeric(3, 2) not null generated always as (case when reviews = 0 then 0 else stars_sum::numeric / reviews end) stored,
  made_by uuid not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  constraint product_published check ((state = 'PUBLISHED') <= (published_at is not null))
);
-- A supplier offers a model once.
create unique index product_once on procurement.product (supplier_id, model_id) where state <> 'WITHDRAWN';
create index product_newest on procurement.product (state, published_at desc, id desc);
create index product_price on procurement.product (state, price_minor, id);
create index product_rating on procurement.product (state, rating desc, id desc);
create index product_category on procurement.product (category, state);
create index product_model on procurement.product (model_id);
create index product_words on procurement.product using gin (words gin_trgm_ops);

create table procurement.product_parameter (
  product_id uuid not null references procurement.product(id),
  position int not null,
  name text not null check (length(name) between 1 and 60),
  value text not null check (length(value) between 1 and 500),
  primary key (product_id, position),
  constraint product_parameter_once unique (product_id, name)
);
create table procurement.product_certificate (
  product_id uuid not null references procurement.product(id),
  position int not null,
  kind text not null check (kind in ('REGISTRATION', 'PRODUCTION_LICENCE', 'DISTRIBUTION_LICENCE', 'AUTHORISATION', 'QUALITY_SYSTEM',
    'TEST_REPORT', 'OTHER')),
  number text not null check (length(number) between 1 and 80),
  issuer text not null check (length(issuer) between 1 and 120),
  valid_to date,
  primary key (product_id, position),
  constraint product_certificate_once unique (product_id, kind, number)
);
create table procurement.product_case (
  product_id uuid not null references procurement.product(id),
  position int not null,
  site text not null check (length(site) between 1 and 120),
  year int not null check (year between 1980 and 2200),
  summary text not null check (length(summary) between 1 and 2000),
  reference text not null check (length(reference) <= 300),
  primary key (product_id, position)
);

-- One organisation reviews a product once, and only one that has such a device at work.
create table procurement.review (
  id uuid primary key,
  version bigint not null default 0,
  product_id uuid not null references procurement.product(id),
  org_id uuid not null,
  stars int not null check (stars between 1 and 5),
  quality int not null check (quality between 1 and 5),
  service int not null check (service between 1 and 5),
  text text not null check (length(text) between 1 and 2000),
  written_by uuid not null,
  written_at timestamptz not null,
  answer text not null default '' check (length(answer) <= 2000),
  answered_at timestamptz,
  constraint review_once unique (product_id, org_id)
);
create index review_newest on procurement.review (product_id, written_at desc, id desc);

-- Whether an organisation owns a device of a model that was accepted, whoever asks.
create function equipment.has_accepted(org uuid, model uuid) returns boolean language sql stable security definer
  set search_path = equipment, pg_temp as $$
  select exists (select 1 from equipment.unit u where u.owner_id = org and u.model_id = model and u.status <> 'REGISTERED')
$$;
revoke all on function equipment.has_accepted(uuid, uuid) from public;
grant usage on schema equipment to yiqi_app, yiqi_worker;
grant execute on function equipment.has_accepted(uuid, uuid) to yiqi_app, yiqi_worker;

create function procurement.review_counts() returns trigger language plpgsql security definer
  set search_path = procurement, pg_temp as $$
declare p procurement.product;
begin
  select * into strict p from procurement.product where id = new.product_id;
  if p.supplier_id = new.org_id or not equipment.has_accepted(new.org_id, p.model_id) then
    raise exception 'only who has such a device at work reviews it' using errcode = 'check_violation', constraint = 'review_of_an_owner';
  end if;
  update procurement.product set reviews = reviews + 1, stars_sum = stars_sum + new.stars where id = new.product_id;
  return new;
end $$;
create trigger review_counted before insert on procurement.review for each row execute function procurement.review_counts();
create function procurement.review_stays() returns trigger language plpgsql as $$
begin
  if (new.product_id, new.org_id, new.stars, new.quality, new.service, new.text, new.written_at)
     is distinct from (old.product_id, old.org_id, old.stars, old.quality, old.service, old.text, old.written_at) then
    raise exception 'a review stays as it was written' using errcode = 'check_violation', constraint = 'review_stays';
  end if;
  return new;
end $$;
create trigger review_stays before update on procurement.review for each row execute function procurement.review_stays();

do $$ declare t text; begin
  foreach t in array array['product', 'product_parameter', 'product_certificate', 'product_case', 'review'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  foreach t in array array['product_parameter', 'product_certificate', 'product_case'] loop
    execute format('grant delete on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_app
      using (exists (select 1 from procurement.product p where p.id = product_id))', t || '_read', t);
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.product p where p.id = product_id and p.supplier_id = (select shared.current_org())))
      with check (exists (select 1 from procurement.product p where p.id = product_id
        and p.supplier_id = (select shared.current_org())))', t || '_write', t);
  end loop;
end $$;
-- The counting of reviews runs as the owner of the tables, whom row-level security binds as well.
create policy product_owner on procurement.product for all to yiqi_owner using (true) with check (true);
create policy product_read on procurement.product for select to yiqi_app
  using (state = 'PUBLISHED' or supplier_id = (select shared.current_org()) or (select shared.sees_all()));
create policy product_add on procurement.product for insert to yiqi_app with check (supplier_id = (select shared.current_org()));
create policy product_change on procurement.product for update to yiqi_app using (supplier_id = (select shared.current_org()))
  with check (supplier_id = (select shared.current_org()));
create policy review_read on procurement.review for select to yiqi_app
  using (exists (select 1 from procurement.product p where p.id = product_id));
create policy review_add on procurement.review for insert to yiqi_app with check (org_id = (select shared.current_org()));
create policy review_answer on procurement.review for update to yiqi_app
  using (exists (select 1 from procurement.product p where p.id = product_id and p.supplier_id = (select shared.current_org())))
  with check (true);
