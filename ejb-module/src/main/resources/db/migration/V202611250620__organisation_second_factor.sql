-- A second factor at login. Its secret is sealed with the key-encryption key, its recovery codes are hashes.
alter table organisation.person add column totp_pending bytea;
alter table organisation.organisation add column second_factor_required boolean not null default false;
