-- A key counts from the moment at which the act that brings it in has all its signatures.
alter table ledger.organisation_key add column act_id uuid;
alter table ledger.organisation_key add column valid_from timestamptz;
update ledger.organisation_key set valid_from = created_at;
alter table ledger.organisation_key add constraint organisation_key_revoked check (revoked_at is null or valid_from is not null);
-- An organisation speaks with one voice: a key takes the place of another, it does not stand beside it.
create unique index organisation_key_one on ledger.organisation_key (org_id)
  where valid_from is not null and revoked_at is null;
-- Changing the key-encryption key wraps every managed key anew.
grant update (wrapped) on ledger.managed_key to yiqi_worker;
-- What waits for an organisation's own signature, among millions of acts that wait for nothing.
create index act_missing on ledger.act using gin (missing) where missing <> '{}';
