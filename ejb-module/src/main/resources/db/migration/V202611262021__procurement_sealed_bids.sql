-- Sealed bids: what bidders committed to, the bytes that nobody can read, what openers released and what came out of it.
create table procurement.bid (
  id uuid primary key,
  tender_id uuid not null,
  lot text not null check (length(lot) between 1 and 20),
  org_id uuid not null,
  -- Who bids is not on the ledger before the closing: only a digest over this and the organisation.
  salt text not null check (salt ~ '^[0-9a-f]{64}$'),
  public_key text not null check (length(public_key) between 100 and 200),
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'WITHDRAWN')),
  -- The version that counts; the next one may be in the making.
  version int not null default 0 check (version >= 0),
  deadline timestamptz not null,
  withdrawal text,
  -- The act that shows the bidder once the tender is closed, signed when the bid was submitted or, by a held key, later.
  reveal text,
  revealed_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint bid_key_once unique (public_key),
  constraint bid_submitted_has_version check (state <> 'SUBMITTED' or version > 0)
);
-- One bid for a lot: who makes ten has ten chances to look like the best.
create unique index bid_one_for_a_lot on procurement.bid (tender_id, lot, org_id) where state <> 'WITHDRAWN';
create index bid_org on procurement.bid (org_id, created_at);
create index bid_to_reveal on procurement.bid (deadline) where state = 'SUBMITTED' and revealed_at is null;

create table procurement.bid_version (
  bid_id uuid not null references procurement.bid(id),
  version int not null check (version between 1 and 10000),
  state text not null check (state in ('DRAFT', 'STAMPED', 'SUBMITTED', 'REPLACED', 'WITHDRAWN')),
  manifest text check (length(manifest) <= 200000),
  commitment text check (commitment ~ '^[0-9a-f]{64}$'),
  -- The act as the bidder has to sign it.
  act text,
  stamped_at timestamptz,
  receipt text,
  submitted_at timestamptz,
  primary key (bid_id, version),
  constraint bid_version_stamped check (state = 'DRAFT' or state = 'WITHDRAWN' or (manifest is not null and commitment is not null and act is not null)),
  constraint bid_version_receipt check (state <> 'SUBMITTED' or (receipt is not null and submitted_at is not null))
);
create unique index bid_version_counts on procurement.bid_version (bid_id) where state = 'SUBMITTED';
create unique index bid_version_in_the_making on procurement.bid_version (bid_id) where state in ('DRAFT', 'STAMPED');

-- The bytes of an envelope in the order in which they came. They go when the version is replaced or withdrawn.
create table procurement.bid_chunk (
  bid_id uuid not null,
  version int not null,
  envelope text not null check (envelope in ('TECHNICAL', 'PRICE')),
  at bigint not null check (at >= 0),
  content bytea not null check (octet_length(content) between 1 and 1048592),
  primary key (bid_id, version, envelope, at),
  foreign key (bid_id, version) references procurement.bid_version(bid_id, version)
);
-- Ciphertext does not shrink.
alter table procurement.bid_chunk alter column content set storage external;

-- What an opener posted for one envelope of a tender: its list, once, and the signature of its single-use key.
create table procurement.opener_list (
  tender_id uuid not null,
  envelope text not null check (envelope in ('TECHNICAL', 'PRICE')),
  opener uuid not null,
  list text not null,
  signature text not null,
  posted_at timestamptz not null,
  primary key (tender_id, envelope, opener)
);
create table procurement.opener_share (
  tender_id uuid not null,
  envelope text not null,
  opener uuid not null,
  bid_id uuid not null,
  release text not null,
  -- False proves that the opener posted something else than its share.
  holds boolean not null,
  primary key (tender_id, envelope, opener, bid_id),
  foreign key (tender_id, envelope, opener) references procurement.opener_list(tender_id, envelope, opener)
);

create table procurement.opening (
  tender_id uuid not null,
  envelope text not null check (envelope in ('TECHNICAL', 'PRICE')),
  opened_at timestamptz not null,
  act_id uuid,
  primary key (tender_id, envelope)
);
create table procurement.opened_envelope (
  tender_id uuid not null,
  envelope text not null,
  bid_id uuid not null references procurement.bid(id),
  lot text not null,
  content text,
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  fault text check (fault in ('BIDDER')),
  primary key (tender_id, envelope, bid_id),
  foreign key (tender_id, envelope) references procurement.opening(tender_id, envelope),
  constraint opened_or_at_fault check ((content is null) = (fault is not null) and (content is null) = (digest is null))
);

do $$ declare t text; begin
  foreach t in array array['bid', 'bid_version', 'bid_chunk', 'opener_list', 'opener_share', 'opening', 'opened_envelope'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('grant select, insert, update on procurement.%I to yiqi_app', t);
  end loop;
end $$;
-- Neither the platform's people nor a regulator nor the buyer see whose a bid is: only its bidder, and the opening's own work.
create policy bid_app on procurement.bid for all to yiqi_app
  using (org_id = shared.current_org() and shared.scope() <> '' or shared.scope() = 'SYSTEM')
  with check (org_id = shared.current_org() and shared.scope() <> '' or shared.scope() = 'SYSTEM');
create policy bid_version_app on procurement.bid_version for all to yiqi_app
  using (exists (select 1 from procurement.bid b where b.id = bid_id)) with check (exists (select 1 from procurement.bid b where b.id = bid_id));
create policy bid_chunk_app on procurement.bid_chunk for all to yiqi_app
  using (exists (select 1 from procurement.bid b where b.id = bid_id)) with check (exists (select 1 from procurement.bid b where b.id = bid_id));
grant delete on procurement.bid_chunk to yiqi_app;
do $$ declare t text; begin
  foreach t in array array['opener_list', 'opener_share', 'opening', 'opened_envelope'] loop
    execute format('create policy %I on procurement.%I for all to yiqi_app using (shared.scope() = ''SYSTEM'')
      with check (shared.scope() = ''SYSTEM'')', t || '_app', t);
  end loop;
end $$;
