-- Whoever hands a unit over must know whether somebody on the other side may operate it: yes or no, and nothing about whom.
create policy competence_owner_role on organisation.competence for select to yiqi_owner using (true);
create policy membership_owner_role on organisation.membership for select to yiqi_owner using (true);
create function organisation.has_operator(org uuid, wanted text, day date) returns boolean
  language sql stable security definer set search_path = organisation, pg_temp as $$
  select exists (
    select 1 from organisation.competence c
      join organisation.membership m on m.person_id = c.person_id and m.org_id = c.org_id and m.ended_at is null
     where c.org_id = org and c.category = wanted and c.revoked_at is null and c.valid_from <= day and c.valid_to >= day) $$;
revoke all on function organisation.has_operator from public;
grant execute on function organisation.has_operator to yiqi_app, yiqi_worker;

-- What somebody who rents a unit may know of it before seeing it: its category.
create function equipment.category_of(unit uuid) returns text
  language sql stable security definer set search_path = equipment, pg_temp as
$$ select m.category from equipment.unit u join equipment.model m on m.id = u.model_id where u.id = unit $$;
revoke all on function equipment.category_of from public;
grant execute on function equipment.category_of to yiqi_app, yiqi_worker;
