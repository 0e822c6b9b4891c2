-- What devices are bought for: prices from awards, contracts and imported releases, and how they spread.

-- How many prices of how many buyers a figure is made of at least. The rules of a day are those of the latest row that is not after it.
create table procurement.price_rule_set (
  from_day date primary key,
  fewest_prices int not null check (fewest_prices >= 5),
  fewest_buyers int not null check (fewest_buyers >= 3),
  source text not null
);
insert into procurement.price_rule_set values ('2020-01-01', 10, 3, '聚合数据最小单元 k ≥ 10，且不少于三个采购人');

-- What codes of others' classifications mean in ours; the longest prefix counts.
create table procurement.price_class (
  scheme text not null,
  prefix text not null,
  category text not null,
  source text not null,
  primary key (scheme, prefix)
);
insert into procurement.price_class(scheme, prefix, category, source)
select 'CPV', v.prefix, v.category, 'CPV 2008, (EC) 213/2008' from (values
  ('33113', 'MRI'), ('33115', 'CT'), ('33111', 'XRAY'), ('33112', 'ULTRASOUND'), ('331574', 'VENTILATOR'), ('33172', 'ANAESTHESIA'),
  ('33194', 'INFUSION_PUMP'), ('33182100', 'DEFIBRILLATOR'), ('33195', 'MONITOR'), ('331232', 'ECG'), ('33181', 'DIALYSIS'),
  ('33152', 'INCUBATOR'), ('33168', 'ENDOSCOPY'), ('33151', 'RADIOTHERAPY'), ('331911', 'STERILISER'), ('33162', 'SURGERY'),
  ('33184', 'IMPLANT'), ('3313', 'DENTAL'), ('331921', 'BED')) v(prefix, category);
grant select on procurement.price_rule_set, procurement.price_class to yiqi_app, yiqi_worker, yiqi_auditor;

-- One price of one item counts once for each thing it is a price of: its model, its device class, the code it was published under.
-- Nobody reads these but the index's own work: what members see is made of many of them.
create table procurement.price_observation (
  ocid text not null,
  item text not null check (length(item) between 1 and 400),
  kind text not null check (kind in ('MODEL', 'CATEGORY', 'CLASSIFICATION')),
  subject text not null check (length(subject) between 1 and 200),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  unit_minor bigint not null check (unit_minor > 0),
  quantity bigint not null check (quantity > 0),
  buyer text not null check (length(buyer) between 1 and 400),
  buyer_org uuid not null,
  day date not null,
  primary key (ocid, item, kind)
);
create index price_observation_subject on procurement.price_observation (kind, subject, currency, day) include (unit_minor, buyer);

create table procurement.price_index (
  id uuid primary key,
  kind text not null check (kind in ('MODEL', 'CATEGORY', 'CLASSIFICATION')),
  subject text not null,
  currency text not null,
  name_zh text not null default '',
  name_en text not null default '',
  prices int not null check (prices >= 0),
  buyers int not null check (buyers >= 0),
  fewest_prices int not null,
  fewest_buyers int not null,
  low_minor bigint,
  first_quartile_minor bigint,
  median_minor bigint,
  third_quartile_minor bigint,
  high_minor bigint,
  first_day date,
  last_day date,
  -- The median of the last twelve months against the twelve before, in parts of those.
  trend double precision,
  refreshed_at timestamptz not null,
  constraint price_index_once unique (kind, subject, currency),
  -- No figure of too few prices, whatever the code above it says.
  constraint price_index_of_many check (
    case when prices >= fewest_prices and buyers >= fewest_buyers
      then low_minor is not null and first_quartile_minor is not null and median_minor is not null
        and third_quartile_minor is not null and high_minor is not null and first_day is not null and last_day is not null
      else low_minor is null and first_quartile_minor is null and median_minor is null
        and third_quartile_minor is null and high_minor is null and first_day is null and last_day is null and trend is null end)
);
create index price_index_prices on procurement.price_index (prices desc, id desc);
create index price_index_median on procurement.price_index (coalesce(median_minor, 0), id);
create index price_index_words on procurement.price_index using gin ((subject || ' ' || name_zh || ' ' || name_en) gin_trgm_ops);
create table procurement.price_index_quarter (
  index_id uuid not null references procurement.price_index(id),
  quarter date not null,
  prices int not null check (prices > 0),
  first_quartile_minor bigint not null,
  median_minor bigint not null,
  third_quartile_minor bigint not null,
  primary key (index_id, quarter)
);
-- How far what is published was taken in.
create table procurement.price_run (
  only_one boolean primary key default true check (only_one),
  position bigint not null,
  rules_of date not null
);

do $$ declare t text; begin
  foreach t in array array['price_observation', 'price_index', 'price_index_quarter', 'price_run'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for all to yiqi_app using (shared.scope() = ''SYSTEM'')
      with check (shared.scope() = ''SYSTEM'')', t || '_app', t);
    execute format('grant select, insert, update, delete on procurement.%I to yiqi_app, yiqi_worker', t);
  end loop;
  foreach t in array array['price_index', 'price_index_quarter'] loop
    execute format('create policy %I on procurement.%I for select to yiqi_app using (shared.scope() <> '''')', t || '_read', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
end $$;
