-- Who may sit on a panel: experts with what binds them to organisations and when they cannot come.
create table procurement.expert (
  id uuid primary key,
  version bigint not null default 0,
  person_id uuid not null,
  org_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  title text not null check (length(title) between 1 and 120),
  state text not null check (state in ('APPLIED', 'ADMITTED', 'SUSPENDED', 'LEFT')),
  reason text not null default '' check (length(reason) <= 2000),
  applied_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  constraint expert_once unique (person_id),
  constraint expert_not_own check (decided_by <> person_id),
  constraint expert_decided check (state in ('APPLIED', 'LEFT') or (decided_by is not null and decided_at is not null)),
  constraint expert_suspended_says_why check (state <> 'SUSPENDED' or length(reason) > 0)
);
create index expert_newest on procurement.expert (applied_at desc, id desc);
create index expert_state on procurement.expert (state, applied_at desc);
create index expert_org on procurement.expert (org_id);

-- Where an expert has worked or has an interest: what they declare of themselves.
create table procurement.expert_tie (
  id uuid primary key,
  expert_id uuid not null references procurement.expert(id),
  org_id uuid not null,
  kind text not null check (kind in ('EMPLOYED', 'INTEREST')),
  from_day date not null,
  until_day date,
  note text not null default '' check (length(note) <= 500),
  declared_at timestamptz not null,
  constraint expert_tie_period check (until_day is null or until_day >= from_day),
  constraint expert_tie_once unique (expert_id, org_id, kind, from_day)
);
create table procurement.expert_absence (
  id uuid primary key,
  expert_id uuid not null references procurement.expert(id),
  from_day date not null,
  until_day date not null,
  constraint expert_absence_period check (until_day >= from_day),
  constraint expert_absence_once exclude using gist (expert_id with =, daterange(from_day, until_day, '[]') with &&)
);

-- What a person is proved able to judge on a day: their competences, wherever they were added.
create function organisation.specialties(person uuid, day date) returns text[] language sql stable as $$
  select coalesce(array_agg(distinct c.category order by c.category), '{}') from organisation.competence c
   where c.person_id = person and c.revoked_at is null and c.valid_from <= day and c.valid_to >= day
$$;
grant execute on function organisation.specialties(uuid, date) to yiqi_app, yiqi_worker;
create index competence_person on organisation.competence (person_id, category) where revoked_at is null;

-- Figures of the law and the house by which panels are made and bids judged, as of a day.
create table procurement.evaluation_rule (
  from_day date primary key,
  panel int not null check (panel >= 3 and panel % 2 = 1),
  large_panel int not null check (large_panel >= panel and large_panel % 2 = 1),
  large_minor bigint not null check (large_minor > 0),
  experts_of_three int not null check (experts_of_three between 1 and 3),
  one_organisation int not null check (one_organisation > 0),
  employed_years int not null check (employed_years > 0),
  invitation_hours int not null check (invitation_hours > 0),
  answer_hours int not null check (answer_hours > 0),
  fewest_bids int not null check (fewest_bids > 0),
  low_below_mean int not null check (low_below_mean between 1 and 99),
  low_below_next int not null check (low_below_next between 1 and 99),
  low_among int not null check (low_among >= 2),
  outlier_sigmas int not null check (outlier_sigmas > 0),
  outlier_percent int not null check (outlier_percent > 0),
  discount_percent numeric(6, 4) not null check (discount_percent >= 0),
  source text not null
);
insert into procurement.evaluation_rule values
  ('2017-10-01', 5, 7, 1000000000, 2, 1, 3, 24, 24, 3, 40, 30, 3, 2, 30, 0,
   '财政部令第87号 §43, §47, §60; 政府采购评审专家管理办法 (财库〔2016〕198号) §16; Закон України № 922-VIII §1; 本平台: 评分偏差、期限');
-- How prices become points. A tender names one before it is published; without a name it is the lowest.
create table procurement.price_formula (
  code text primary key check (code ~ '^[A-Z][A-Z0-9_]{0,29}$'),
  kind text not null check (kind in ('LOWEST', 'MEAN', 'TRIMMED_MEAN')),
  benchmark_percent numeric(7, 2) not null check (benchmark_percent > 0),
  lost_above numeric(7, 2) not null check (lost_above >= 0),
  lost_below numeric(7, 2) not null check (lost_below >= 0),
  from_day date not null,
  until_day date,
  source text not null
);
insert into procurement.price_formula values
  ('LOWEST', 'LOWEST', 100, 0, 0, '2017-10-01', null, '财政部令第87号 §55 低价优先法'),
  ('MEAN', 'MEAN', 100, 1, 0.5, '2017-10-01', null, '综合评估法：算术平均基准价；不适用于政府采购货物和服务'),
  ('MEAN_95', 'MEAN', 95, 1, 0.5, '2017-10-01', null, '综合评估法：平均价下浮 5 %；不适用于政府采购货物和服务'),
  ('TRIMMED_MEAN', 'TRIMMED_MEAN', 100, 1, 0.5, '2017-10-01', null, '综合评估法：五家以上去掉最高、最低价；不适用于政府采购货物和服务');
grant select on procurement.evaluation_rule, procurement.price_formula to yiqi_app, yiqi_worker, yiqi_auditor;

do $$ declare t text; begin
  foreach t in array array['expert', 'expert_tie', 'expert_absence'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_worker using (true) with check (true)', t || '_worker', t);
    execute format('create policy %I on procurement.%I for select to yiqi_auditor using (true)', t || '_auditor', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app, yiqi_worker', t);
    execute format('grant select on procurement.%I to yiqi_auditor', t);
  end loop;
  -- Ties are of organisations that the expert does not act for, so they follow their expert.
  foreach t in array array['expert_tie', 'expert_absence'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app
      using (exists (select 1 from procurement.expert e where e.id = expert_id))
      with check (exists (select 1 from procurement.expert e where e.id = expert_id))', t || '_app', t);
  end loop;
end $$;
create policy expert_app on procurement.expert for all to yiqi_app using (shared.sees(org_id)) with check (shared.sees(org_id));
grant delete on procurement.expert_absence to yiqi_app, yiqi_worker;
