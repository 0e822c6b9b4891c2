package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a ledger starts from: the organisations that nobody could have vouched for, and their keys.
 *
 * <p>It comes in with the ledger's creation, out of band; {@link #digest} is printed where people can compare it. On
 * the local ledger the platform is a registrar too, because one operator runs everything and says so; a consortium's
 * ledger names regulators only.
 */
public record Founding(List<Founder> founders) {

    /**
     * One founding organisation.
     *
     * @param registrar whether it may enter organisations and their first keys
     */
    public record Founder(UUID org, OrganisationKind kind, boolean registrar, List<OrganisationKey> keys) {

        public Founder {
            keys = List.copyOf(keys);
            for (OrganisationKey key : keys) {
                if (!key.org().equals(org) || key.registeredBy() != null || !key.active()) {
                    throw new MalformedAct("a founding key is its founder's own and still fresh");
                }
            }
        }

        private Map<String, Object> tree() {
            return Map.of(
                    "keys", keys.stream().map(OrganisationKey::tree).toList(),
                    "kind", kind.name(),
                    "org", org.toString(),
                    "registrar", registrar);
        }

        private static Founder read(Map<String, Object> tree) {
            Fields fields = Fields.of(tree, Set.of("keys", "kind", "org", "registrar"));
            return new Founder(
                    fields.uuid("org"),
                    Names.of(OrganisationKind.class, fields.text("kind")),
                    fields.flag("registrar"),
                    fields.objects("keys", OrganisationKey::read));
        }
    }

    public Founding {
        founders = List.copyOf(founders);
        if (founders.stream().noneMatch(f -> f.kind() == OrganisationKind.REGULATOR)) {
            throw new MalformedAct("a ledger is founded with a regulator");
        }
    }

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(
                Map.of("founders", founders.stream().map(Founder::tree).toList()));
    }

    /** Reads what {@link #json} wrote. */
    public static Founding parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("founders"));
        return new Founding(fields.objects("founders", Founder::read));
    }

    /** SHA-256 of {@link #json}: what people compare. */
    public String digest() {
        return Act.sha256(json().getBytes(StandardCharsets.UTF_8));
    }
}
