-- What the public reads of supervision: recalls and how far they have come, decisions and sanctions, adverse events in figures, inspections.
-- No person, no device of anybody, no reasons in words that a case may hold: those are for who is concerned.
do $$
declare t text;
begin
  foreach t in array array['oversight_case', 'case_step', 'adverse_event', 'adverse_duty', 'sampling', 'sampling_stratum', 'sample'] loop
    execute format('create policy %I on oversight.%I for select to yiqi_owner using (true)', t || '_open_data', t);
  end loop;
end $$;
create policy organisation_open_data on organisation.organisation for select to yiqi_owner using (true);

create function oversight.open_recalls(since timestamptz, until timestamptz) returns table (number text, title text, recall_class text,
    authority_zh text, authority_en text, name_zh text, name_en text, manufacturer text, device_identifier text, lot text, serial_from text,
    serial_to text, state text, issued_at timestamptz, lifted_at timestamptz, units bigint, held bigint, told bigint, confirmed bigint,
    in_time bigint) language sql stable security definer set search_path = oversight, pg_temp as $$
  select k.number, k.title, k.recall_class, o.name_zh, o.name_en, coalesce(m.name_zh, ''), coalesce(m.name_en, ''),
    coalesce(m.manufacturer, ''), k.device_identifier, k.lot, k.serial_from, k.serial_to, k.state, k.issued_at, k.lifted_at, u.units, u.held,
    n.told, n.confirmed, n.in_time
  from oversight.recall k join organisation.organisation o on o.id = k.org_id left join equipment.model m on m.id = k.model_id
  cross join lateral (select count(*) units, count(*) filter (where x.held) held from oversight.recall_unit x where x.recall_id = k.id) u
  cross join lateral (select count(*) told, count(x.received_at) confirmed, count(*) filter (where x.received_at <= x.due_at) in_time
    from oversight.recall_notice x where x.recall_id = k.id) n
  where k.issued_at >= since and k.issued_at < until order by k.issued_at desc, k.number $$;

-- Who is sanctioned is named; who is not is not.
create function oversight.open_decisions(since timestamptz, until timestamptz) returns table (number text, kind text, authority_zh text,
    authority_en text, joint int, decided_at timestamptz, decision text, sanction text, concerned_zh text, concerned_en text,
    name_zh text, name_en text, state text) language sql stable security definer set search_path = oversight, pg_temp as $$
  select k.number, k.kind, o.name_zh, o.name_en, cardinality(k.joint_orgs), d.at, k.decision, k.sanction,
    case when k.sanction = 'SUSPEND_ORGANISATION' then coalesce(c.name_zh, '') else '' end,
    case when k.sanction = 'SUSPEND_ORGANISATION' then coalesce(c.name_en, '') else '' end,
    case when k.sanction = 'HOLD_MODEL' then coalesce(m.name_zh, '') else '' end,
    case when k.sanction = 'HOLD_MODEL' then coalesce(m.name_en, '') else '' end, k.state
  from oversight.case_step d join oversight.oversight_case k on k.id = d.case_id join organisation.organisation o on o.id = d.org_id
  left join organisation.organisation c on c.id = k.concerned_org left join equipment.model m on m.id = k.model_id
  where d.action = 'DECISION' and d.at >= since and d.at < until order by d.at desc, k.number $$;

create function oversight.open_adverse_events(since timestamptz, until timestamptz) returns table (harm text, device_class text, events bigint,
    duties bigint, in_time bigint, late bigint, overdue bigint, assessed bigint)
    language sql stable security definer set search_path = oversight, pg_temp as $$
  select e.harm, m.device_class, count(*), sum(d.duties)::bigint, sum(d.in_time)::bigint, sum(d.late)::bigint, sum(d.overdue)::bigint,
    count(e.assessed_at)
  from oversight.adverse_event e join equipment.model m on m.id = e.model_id
  cross join lateral (select count(*) duties, count(*) filter (where y.done_at <= y.due_at) in_time,
    count(*) filter (where y.done_at > y.due_at) late, count(*) filter (where y.done_at is null and y.due_at < until) overdue
    from oversight.adverse_duty y where y.event_id = e.id) d
  where e.known_at >= since and e.known_at < until group by e.harm, m.device_class order by e.harm, m.device_class $$;

create function oversight.open_inspections(since timestamptz, until timestamptz) returns table (number text, title text, authority_zh text,
    authority_en text, region text, category text, drawn_at timestamptz, due_on date, device_class text, population int, sample_size int,
    inspected bigint, conforming bigint, findings bigint, missing bigint, commitment text, seed text, word text)
    language sql stable security definer set search_path = oversight, pg_temp as $$
  select k.number, k.title, o.name_zh, o.name_en, k.region, k.category, k.drawn_at, k.due_on, t.device_class, t.population, t.sample_size,
    x.inspected, x.conforming, x.findings, x.missing, k.commitment, k.seed, k.word
  from oversight.sampling k join organisation.organisation o on o.id = k.org_id join oversight.sampling_stratum t on t.sampling_id = k.id
  cross join lateral (select count(s.inspected_at) inspected, count(*) filter (where s.result = 'CONFORMS') conforming,
    count(*) filter (where s.result = 'FINDING') findings, count(*) filter (where s.result = 'NOT_FOUND') missing
    from oversight.sample s where s.sampling_id = k.id and s.device_class = t.device_class) x
  where k.drawn_at >= since and k.drawn_at < until order by k.drawn_at desc, k.number, t.device_class $$;

-- How many cases were opened, by kind, and how many of them are over.
create function oversight.open_cases(since timestamptz, until timestamptz) returns table (kind text, opened bigint, closed bigint, joint bigint)
    language sql stable security definer set search_path = oversight, pg_temp as $$
  select k.kind, count(*), count(*) filter (where k.state = 'CLOSED'), count(*) filter (where cardinality(k.joint_orgs) > 0)
  from oversight.oversight_case k where k.opened_at >= since and k.opened_at < until group by k.kind order by k.kind $$;

revoke all on function oversight.open_recalls, oversight.open_decisions, oversight.open_adverse_events, oversight.open_inspections,
  oversight.open_cases from public;
grant execute on function oversight.open_recalls, oversight.open_decisions, oversight.open_adverse_events, oversight.open_inspections,
  oversight.open_cases to yiqi_app;
