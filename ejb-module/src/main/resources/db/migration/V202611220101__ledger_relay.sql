-- What the relay decided and other areas have still to hear.
alter table ledger.act add column announced boolean not null default false;
create index act_unannounced on ledger.act (id) where not announced and state in ('REJECTED', 'EXPIRED');
