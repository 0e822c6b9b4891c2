-- A bid whose bytes are not here, or are others than were committed to, is the custodian's fault: it is marked, and the others go on.
alter table procurement.opened_envelope drop constraint opened_envelope_fault_check;
alter table procurement.opened_envelope add constraint opened_envelope_fault_check check (fault in ('BIDDER', 'CUSTODIAN'));
