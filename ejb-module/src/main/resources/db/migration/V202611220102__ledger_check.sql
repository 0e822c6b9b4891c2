-- A subject's lines in their order: what the check compares heads and custodians with.
create index journal_subject on ledger.journal (subject, position);
