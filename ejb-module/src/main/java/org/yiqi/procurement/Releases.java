package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Secured;

/**
 * Everything published in the Open Contracting Data Standard 1.1.5. A change of a contracting process becomes one more release;
 * a release that is out is never altered or taken back. Anybody reads them, as a feed or by process.
 */
@Stateless
@Secured
public class Releases {

    /** The most that one page of the feed holds. */
    public static final int MOST = 200;

    private static final String COLUMNS = "select * from procurement.ocds_release ";

    @Inject
    Sql sql;

    @Inject
    ReleaseStore store;

    @Inject
    Clock clock;

    @Inject
    Organisations organisations;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("ocds_release_once", "procurement.release-known");
    }

    /**
     * Publishes one change of a process.
     *
     * @param buyer whose process it is; it is among the parties without being named there
     * @param sections what the release says: {@code planning, tender, bids, awards, contracts, relatedProcesses}; only what changed
     *     needs to be there, since releases of a process are merged by the standard's rules
     * @param parties the other organisations that the sections refer to, with all their roles of the standard's list
     * @return the release's id
     */
    @RolesAllowed("**")
    public String publish(
            String ocid, UUID buyer, ReleaseTag tag, JsonObject sections, Map<UUID, List<String>> parties) {
        String id = next(ocid, tag);
        Instant date = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant earliest = sql.first(
                        "select released_at from procurement.ocds_release where ocid = ? order by released_at desc limit 1",
                        rs -> rs.getTimestamp(1).toInstant().plusMillis(1),
                        ocid)
                .orElse(date);
        // Readers merge by date alone: no two releases of a process have the same.
        if (date.isBefore(earliest)) {
            date = earliest;
        }
        JsonArrayBuilder all = Json.createArrayBuilder().add(party(buyer, List.of("buyer", "procuringEntity")));
        parties.forEach((org, roles) -> all.add(party(org, roles)));
        JsonObjectBuilder release = Json.createObjectBuilder()
                .add("ocid", ocid)
                .add("id", id)
                .add("date", date.toString())
                .add("tag", Json.createArrayBuilder().add(tag.code()))
                .add("initiationType", "tender")
                .add("language", "zh")
                .add("parties", all)
                .add("buyer", reference(buyer));
        sections.forEach(release::add);
        store.insert(ocid, id, tag, date, buyer, null, release.build().toString());
        return id;
    }

    /** The id that the next release of a process will have; nobody else publishes until the transaction ends. */
    @RolesAllowed("**")
    public String next(String ocid, ReleaseTag tag) {
        store.lock();
        int count = sql.first("select count(*) from procurement.ocds_release where ocid = ?", rs -> rs.getInt(1), ocid)
                .orElse(0);
        return "%s-%02d-%s".formatted(ocid, count + 1, tag.code());
    }

    /** The id of the newest release of a process; empty before the first. */
    @PermitAll
    public String newest(String ocid) {
        return sql.first(
                        "select id from procurement.ocds_release where ocid = ? order by released_at desc, position desc limit 1",
                        rs -> rs.getString(1),
                        ocid)
                .orElse("");
    }

    /** How a release refers to an organisation. */
    @RolesAllowed("**")
    public JsonObject reference(UUID org) {
        OrganisationView view = organisations.get(org);
        return Json.createObjectBuilder()
                .add("id", partyId(view))
                .add("name", view.nameZh())
                .build();
    }

    private JsonObject party(UUID org, List<String> roles) {
        OrganisationView view = organisations.get(org);
        return Json.createObjectBuilder()
                .add("id", partyId(view))
                .add("name", view.nameZh())
                .add(
                        "identifier",
                        Json.createObjectBuilder()
                                .add("scheme", SCHEME)
                                .add("id", view.creditCode())
                                .add("legalName", view.nameZh()))
                .add(
                        "address",
                        Json.createObjectBuilder()
                                .add("streetAddress", view.address())
                                .add("countryName", "中国"))
                .add("roles", Json.createArrayBuilder(roles))
                .build();
    }

    /** The register of China's unified social credit codes, by its name at org-id.guide. */
    private static final String SCHEME = "CN-SAIC";

    private static String partyId(OrganisationView view) {
        return partyId(view.creditCode());
    }

    /** The id under which releases speak of an organisation. */
    static String partyId(String creditCode) {
        return SCHEME + "-" + creditCode;
    }

    /** The credit code of a party whose id is made of one. */
    static Optional<String> creditCode(String partyId) {
        return partyId.startsWith(SCHEME + "-")
                ? Optional.of(partyId.substring(SCHEME.length() + 1))
                : Optional.empty();
    }

    /** The feed: what came after a position, the oldest first, at most {@link #MOST}. */
    @PermitAll
    public List<Release> after(long position, int limit) {
        return sql.list(
                COLUMNS + "where position > ? order by position limit ?",
                Release::read,
                position,
                Math.max(1, Math.min(limit, MOST)));
    }

    /**
     * All releases of a process by date.
     *
     * @throws NotFound {@code procurement.process-not-found}
     */
    @PermitAll
    public List<Release> of(String ocid) {
        List<Release> all = sql.list(COLUMNS + "where ocid = ? order by released_at, position", Release::read, ocid);
        if (all.isEmpty()) {
            throw new NotFound("procurement.process-not-found", "Nothing is published about this process");
        }
        return all;
    }

    /** Processes by ocid after one, at most {@code limit}. */
    @PermitAll
    public List<String> processes(String after, int limit) {
        return sql.list(
                "select distinct ocid from procurement.ocds_release where ocid > ? order by ocid limit ?",
                rs -> rs.getString(1),
                after,
                Math.max(1, Math.min(limit, MOST)));
    }

    /** Streams all releases, process by process and by date in each. */
    @PermitAll
    public void each(Consumer<Release> reader) {
        sql.with(c -> {
            try (PreparedStatement s = c.prepareStatement(COLUMNS + "order by ocid, released_at, position")) {
                s.setFetchSize(200);
                try (ResultSet rs = s.executeQuery()) {
                    while (rs.next()) {
                        reader.accept(Release.read(rs));
                    }
                }
            }
            return true;
        });
    }
}
