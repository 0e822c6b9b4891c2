-- Delivered devices enter the ledger with their supplier as the first custodian; the accepted ones pass to the buyer by an act that
-- both sign, the others stay where they are.
alter table procurement.delivered_unit
  add column handover_act uuid,
  add column asset_tag text not null default '' check (length(asset_tag) <= 60),
  add column taken_at timestamptz;
update procurement.delivered_unit set taken_at = accepted_at where unit_id is not null;
alter table procurement.delivered_unit
  drop constraint only_accepted_enters,
  add constraint only_accepted_is_handed_over check (accepted_at is not null or (handover_act is null and taken_at is null)),
  add constraint delivered_handover_once unique (handover_act);
