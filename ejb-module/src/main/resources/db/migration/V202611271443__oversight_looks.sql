-- A regulator's look at anything of anybody is written down, whatever page or interface it went through.
alter table oversight.look alter column unit_id drop not null, add column subject_kind text not null default 'UNIT',
  add column subject_id uuid;
update oversight.look set subject_id = unit_id;
alter table oversight.look alter column subject_id set not null, drop constraint look_action_check,
  add constraint look_action_check check (action in ('TRACE', 'CUSTODIAN', 'READ')),
  add constraint look_at_a_unit check (action = 'READ' or unit_id is not null);

-- Whose a thing is, by its id. Run with the caller's eyes: what it may not see is nobody's. A case is its concerned organisation's once it
-- was told of it. An inspection is nobody's before an inspector comes.
create function oversight.owners_of(thing uuid) returns table (kind text, org uuid) language sql stable as $$
  select 'ORGANISATION', id from organisation.organisation where id = thing and kind <> 'REGULATOR'
  union select 'CREDENTIAL', org_id from organisation.credential where id = thing
  union select 'REVIEW', org_id from organisation.review where id = thing
  union select 'COMPETENCE', org_id from organisation.competence where id = thing
  union select 'PERSON', m.org_id from organisation.membership m where m.person_id = thing and m.ended_at is null
  union select 'ACT', unnest(orgs) from ledger.act where id = thing
  union select 'EVIDENCE', org_id from evidence.exhibit where id = thing and org_id is not null
  union select 'UNIT', unnest(array[owner_id, custodian_id]) from equipment.unit where id = thing
  union select 'DOCUMENT', org_id from equipment.document where id = thing
  union select 'IMPORT', org_id from equipment.import where id = thing
  union select 'RULE', org_id from telemetry.rule where id = thing and org_id is not null
  union select 'WEBHOOK', org_id from telemetry.webhook where id = thing
  union select 'ALERT', unnest(array[u.owner_id, u.custodian_id]) from telemetry.alert_episode e join equipment.unit u on u.id = e.device_id
    where e.id = thing
  union select 'TARIFF', owner_org from rental.tariff where id = thing
  union select 'OFFER', owner_org from rental.offer where id = thing
  union select 'RENTAL', unnest(array[owner_org, lessee_org]) from rental.rental where id = thing
  union select 'CONDITION', org_id from rental.condition_report where id = thing
  union select 'LIABILITY', unnest(array[owner_org, custodian_org, reporter_org]) from rental.liability where id = thing
  union select 'STATEMENT', unnest(array[owner_org, lessee_org]) from billing.statement where id = thing
  union select 'INVOICE', unnest(array[owner_org, lessee_org]) from billing.invoice where id = thing
  union select 'PAYMENT', unnest(array[owner_org, lessee_org]) from billing.payment where id = thing
  union select 'DEPOSIT', unnest(array[owner_org, lessee_org]) from billing.deposit where id = thing
  union select 'CLAIM', unnest(array[owner_org, lessee_org]) from billing.damage_claim where id = thing
  union select 'ORDER', unnest(array_remove(array[owner_org, custodian_org, service_org], null)) from maintenance.work_order where id = thing
  union select 'SERVICE', unnest(array_remove(array[owner_org, custodian_org, service_org], null)) from maintenance.plan where id = thing
  union select 'STATION', org_id from maintenance.station where id = thing
  union select 'PART', org_id from maintenance.part where id = thing
  union select 'NEED', org_id from procurement.need where id = thing
  union select 'PLAN', org_id from procurement.plan where id = thing
  union select 'TENDER', org_id from procurement.tender where id = thing
  union select 'CONTRACT', unnest(array[org_id, supplier_id]) from procurement.contract where id = thing
  union select 'COMPLAINT', unnest(array[org_id, buyer_id]) from procurement.complaint where id = thing
  union select 'EXPERT', org_id from procurement.expert where id = thing
  union select 'PRODUCT', supplier_id from procurement.product where id = thing
  union select 'FLAG', buyer_org from procurement.red_flag where id = thing and buyer_org is not null
  union select 'DISPOSAL', org_id from disposal.disposal where id = thing
  union select 'AUCTION', owner_id from disposal.auction where id = thing
  union select 'CASE', concerned_org from oversight.oversight_case where id = thing and told
  union select 'ADVERSE', org_id from oversight.adverse_event where id = thing
  union select 'COVER', owner_id from oversight.cover where id = thing
  union select 'EXPORT', org_id from oversight.data_export where id = thing $$;
