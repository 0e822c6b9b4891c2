-- Who has bought a unit may end what its owner before had agreed for it, to agree something of its own.
drop policy cover_read on oversight.cover;
create policy cover_read on oversight.cover for select to yiqi_app using (owner_id = (select shared.current_org())
  or provider_id = (select shared.current_org()) or (select shared.sees_all())
  or exists (select 1 from equipment.unit u where u.id = unit_id and u.owner_id = (select shared.current_org())));
drop policy cover_end on oversight.cover;
create policy cover_end on oversight.cover for update to yiqi_app using (owner_id = (select shared.current_org())
  or exists (select 1 from equipment.unit u where u.id = unit_id and u.owner_id = (select shared.current_org())));
