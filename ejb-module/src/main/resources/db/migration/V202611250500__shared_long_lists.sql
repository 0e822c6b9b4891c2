-- Lists stay quick at a hundred thousand of everything (ADR 0018).
--
-- A policy that calls current_setting() for each row costs more than the row. A scalar subselect is asked once a statement.
alter policy rental_app on rental.rental
  using (owner_org = (select shared.current_org()) or lessee_org = (select shared.current_org()) or (select shared.sees_all()));
alter policy offer_read on rental.offer
  using (owner_org = (select shared.current_org()) or (select shared.sees_all())
    or (state = 'PUBLISHED' and (select shared.scope()) <> '')
    or exists (select 1 from rental.rental r where r.offer_id = offer.id));
alter policy statement_app on billing.statement
  using (owner_org = (select shared.current_org()) or lessee_org = (select shared.current_org()) or (select shared.sees_all()));
alter policy invoice_app on billing.invoice
  using (owner_org = (select shared.current_org()) or lessee_org = (select shared.current_org()) or (select shared.sees_all()));
alter policy payment_app on billing.payment
  using (owner_org = (select shared.current_org()) or lessee_org = (select shared.current_org()) or (select shared.sees_all()));
alter policy entry_read on billing.entry using (book_org = (select shared.current_org()) or (select shared.sees_all()));
alter policy work_order_read on maintenance.work_order
  using ((select shared.current_org()) = any(parties) or (select shared.sees_all()));
alter policy plan_app on maintenance.plan
  using ((select shared.current_org()) = any(parties) or (select shared.sees_all()));
alter policy station_app on maintenance.station using (org_id = (select shared.current_org()) or (select shared.sees_all()));
alter policy part_app on maintenance.part using (org_id = (select shared.current_org()) or (select shared.sees_all()));
alter policy act_app on ledger.act using ((select shared.current_org()) = any(orgs) or (select shared.sees_all()));
alter policy entry_read on audit.entry using (org_id = (select shared.current_org()) or (select shared.sees_all()));
-- Who sees everything need not look each unit up.
alter policy alert_episode_app on telemetry.alert_episode
  using ((select shared.sees_all()) or exists (select 1 from equipment.unit u where u.id = device_id));
alter policy import_app on equipment.import using (org_id = (select shared.current_org()) or (select shared.sees_all()));

-- The orders in which the lists are read: a first page is the beginning of an index, not the result of a sort.
create index rental_created on rental.rental (created_at desc, id desc);
create index rental_offer on rental.rental (offer_id);
create index rental_tariff on rental.rental (tariff_id);
create index offer_created on rental.offer (created_at desc, id desc);
create index statement_created on billing.statement (created_at desc, id desc);
create index invoice_issued on billing.invoice (issued_at desc, id desc);
create index entry_at on billing.entry (at desc, id desc);
create index import_created on equipment.import (created_at desc, id desc);
create index act_newest on ledger.act (created_at desc, id desc);
drop index ledger.act_created;
create index work_order_newest on maintenance.work_order (requested_at desc, id desc);
drop index maintenance.work_order_requested;

-- LIKE is not leakproof, so under row-level security no index may answer it: the policy must have spoken before. This asks the
-- index with the owner's eyes and answers ids of those rows only that the caller sees anyway; the policy is asked once more by
-- whoever uses them. A text of one or two characters has no trigram: reading the column then beats reading the whole index.
create index unit_search on equipment.unit using gin (search_text gin_trgm_ops);
create policy guest_owner_role on equipment.guest for select to yiqi_owner using (true);
create function equipment.units_like(wanted text) returns setof uuid
  language plpgsql stable security definer set search_path = equipment, pg_temp rows 50 as $$
declare
  me uuid := shared.current_org();
  everything boolean := shared.sees_all();
begin
  if length(wanted) < 3 then
    return query select u.id from equipment.unit u
      where position(wanted in u.search_text) > 0
        and (everything or u.owner_id = me or u.custodian_id = me or u.maintainer_id = me
          or u.id in (select g.unit_id from equipment.guest g where g.org_id = me));
  else
    return query select u.id from equipment.unit u
      where u.search_text like '%' || wanted || '%'
        and (everything or u.owner_id = me or u.custodian_id = me or u.maintainer_id = me
          or u.id in (select g.unit_id from equipment.guest g where g.org_id = me));
  end if;
end $$;
revoke all on function equipment.units_like from public;
grant execute on function equipment.units_like to yiqi_app, yiqi_worker;
