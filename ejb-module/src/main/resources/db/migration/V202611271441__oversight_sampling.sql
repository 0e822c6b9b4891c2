-- Inspections by sample: which devices are looked at is drawn from a stated population, so that nobody is picked out and nobody spared.
create sequence oversight.sampling_number;
grant usage on sequence oversight.sampling_number to yiqi_app, yiqi_worker;

-- How many of a population are looked at, by class of risk: the higher the class, the stricter the inspection level. The latest rule that is
-- not after a day holds.
create table oversight.sampling_rule (
  device_class text not null check (device_class in ('I', 'II', 'III')),
  from_day date not null,
  population_from int not null check (population_from >= 1),
  sample_size int not null check (sample_size >= 1),
  source text not null,
  primary key (device_class, from_day, population_from)
);
insert into oversight.sampling_rule
select r.class, date '2013-02-15', s.lot, s.size, 'GB/T 2828.1-2012 一般检验水平 ' || r.class
from (values ('I', array[1,2,2,3,5,5,8,13,20,32,50,80,125,200,315,500]), ('II', array[1,2,3,5,8,13,20,32,50,80,125,200,315,500,800,1250]),
  ('III', array[1,3,5,8,13,20,32,50,80,125,200,315,500,800,1250,2000])) r(class, sizes)
cross join lateral unnest(array[1,2,9,16,26,51,91,151,281,501,1201,3201,10001,35001,150001,500001], r.sizes) s(lot, size);
grant select on oversight.sampling_rule to yiqi_app, yiqi_worker, yiqi_auditor;

create table oversight.sampling (
  id uuid primary key,
  version bigint not null default 0,
  number text not null default 'S-' || lpad(nextval('oversight.sampling_number')::text, 6, '0') unique,
  org_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  purpose text not null check (length(purpose) between 1 and 4000),
  region text not null default '' check (region ~ '^[0-9]{0,6}$'),
  category text not null default '' check (length(category) <= 40),
  due_on date not null,
  state text not null default 'PLANNED' check (state in ('PLANNED', 'DRAWN')),
  -- SM3 digest of the seed, published with the plan; seed and word only once it is drawn.
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  seed text not null default '' check (seed ~ '^([0-9a-f]{64})?$'),
  word text not null default '' check (length(word) <= 200),
  planned_by uuid not null,
  planned_at timestamptz not null,
  drawn_by uuid,
  drawn_at timestamptz,
  constraint sampling_drawn check ((state = 'DRAWN') = (drawn_at is not null) and (state = 'DRAWN') = (seed <> ''))
);
create index sampling_planned on oversight.sampling (planned_at desc, id desc);

-- A seed is read by nobody before it is drawn with, but by who draws.
create table oversight.sampling_secret (
  sampling_id uuid primary key references oversight.sampling(id),
  seed bytea not null check (length(seed) = 32)
);

-- The population of a class as it was stated, so that anybody can draw again.
create table oversight.sampling_stratum (
  sampling_id uuid not null references oversight.sampling(id),
  device_class text not null check (device_class in ('I', 'II', 'III')),
  population int not null check (population >= 1),
  sample_size int not null check (sample_size between 1 and population),
  rule_of date not null,
  source text not null,
  candidates uuid[] not null,
  primary key (sampling_id, device_class),
  constraint sampling_stratum_states_all check (cardinality(candidates) = population)
);

create table oversight.sample (
  id uuid primary key,
  sampling_id uuid not null,
  device_class text not null,
  position int not null check (position >= 1),
  unit_id uuid not null,
  owner_id uuid not null,
  custodian_id uuid not null,
  result text not null default 'OPEN' check (result in ('OPEN', 'CONFORMS', 'FINDING', 'NOT_FOUND')),
  finding text not null default '' check (length(finding) <= 4000),
  inspected_at timestamptz,
  inspected_by uuid,
  case_id uuid references oversight.oversight_case(id),
  foreign key (sampling_id, device_class) references oversight.sampling_stratum(sampling_id, device_class),
  constraint sample_unit_once unique (sampling_id, unit_id),
  constraint sample_place_once unique (sampling_id, device_class, position),
  constraint sample_inspected check ((result = 'OPEN') = (inspected_at is null)),
  constraint sample_finding_says_what check (result not in ('FINDING', 'NOT_FOUND') or finding <> ''),
  constraint sample_case_of_finding check (case_id is null or result in ('FINDING', 'NOT_FOUND'))
);
create index sample_inspected_at on oversight.sample (inspected_at) where inspected_at is not null;

do $$
declare t text;
begin
  foreach t in array array['sampling', 'sampling_secret', 'sampling_stratum', 'sample'] loop
    execute format('alter table oversight.%I enable row level security', t);
    execute format('alter table oversight.%I force row level security', t);
    -- An inspection that is known beforehand is none: organisations learn of it when an inspector comes, or by the case that follows.
    execute format('create policy %I on oversight.%I for all to yiqi_app using ((select shared.scope()) = ''REGULATOR'') with check ((select shared.scope()) = ''REGULATOR'')', t || '_app', t);
    execute format('grant select, insert on oversight.%I to yiqi_app', t);
  end loop;
  foreach t in array array['sampling', 'sampling_stratum', 'sample'] loop
    execute format('create policy %I on oversight.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select on oversight.%I to yiqi_auditor', t);
  end loop;
end $$;
grant update (version, state, seed, word, drawn_by, drawn_at) on oversight.sampling to yiqi_app;
grant delete on oversight.sampling_secret to yiqi_app;
grant update (result, finding, inspected_at, inspected_by, case_id) on oversight.sample to yiqi_app;
