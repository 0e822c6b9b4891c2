-- A contract that follows a tender says what the award of one lot said: parties, goods and price come from there and cannot differ.
alter table procurement.contract
  add column tender_id uuid,
  add column lot text,
  add constraint contract_of_award foreign key (tender_id, lot) references procurement.lot_award(tender_id, lot),
  add constraint contract_award_whole check ((tender_id is null) = (lot is null));

drop index procurement.contract_of_plan;
create unique index contract_of_plan on procurement.contract (plan_id) where state <> 'TERMINATED' and tender_id is null;
-- An award is contracted once; only what was never signed makes room for another draft.
create unique index contract_of_lot on procurement.contract (tender_id, lot) where state <> 'TERMINATED' or effective_at is not null;

create function procurement.contract_as_awarded() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (new.tender_id, new.lot, new.plan_id, new.org_id) is distinct from (old.tender_id, old.lot, old.plan_id, old.org_id) then
      raise exception 'a contract stays what it was drafted from' using errcode = 'check_violation', constraint = 'contract_as_awarded';
    end if;
  end if;
  if new.tender_id is null then
    if tg_op = 'INSERT' and exists (select 1 from procurement.tender t
        where t.plan_id = new.plan_id and t.state not in ('FAILED', 'CANCELLED')) then
      raise exception 'the plan is out to tender' using errcode = 'check_violation', constraint = 'contract_needs_award';
    end if;
  elsif not exists (select 1 from procurement.lot_award a join procurement.tender t on t.id = a.tender_id
      where a.tender_id = new.tender_id and a.lot = new.lot and a.act_id is not null and a.org_id = new.supplier_id
        and a.amount_minor = new.original_minor and a.currency = new.currency
        and t.org_id = new.org_id and t.plan_id = new.plan_id
        and new.sign_by <= (a.decided_at at time zone 'Asia/Shanghai')::date
          + (select r.sign_days from procurement.contract_rule_set r where r.from_day = new.rules_of)) then
    raise exception 'a contract says what the award said' using errcode = 'check_violation', constraint = 'contract_as_awarded';
  end if;
  return new;
end $$;
create trigger contract_as_awarded
  before insert or update of tender_id, lot, plan_id, org_id, supplier_id, original_minor, currency, sign_by on procurement.contract
  for each row execute function procurement.contract_as_awarded();

-- Looked at when the transaction ends: items come after their contract.
create function procurement.contract_items_as_awarded() returns trigger language plpgsql as $$
declare
  of uuid := coalesce(new.contract_id, old.contract_id);
begin
  if exists (select 1 from procurement.contract c join procurement.lot l on l.tender_id = c.tender_id and l.code = c.lot
      where c.id = of and (
        (select coalesce(sum(i.quantity), 0) from procurement.contract_item i where i.contract_id = of) <> l.quantity
        or (select coalesce(sum(i.quantity * i.unit_minor), 0) from procurement.contract_item i where i.contract_id = of)
          <> c.original_minor)) then
    raise exception 'the items are those of the award' using errcode = 'check_violation', constraint = 'contract_as_awarded';
  end if;
  return null;
end $$;
create constraint trigger contract_items_as_awarded after insert or update or delete on procurement.contract_item
  deferrable initially deferred for each row execute function procurement.contract_items_as_awarded();
