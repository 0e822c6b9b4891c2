package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Scope;

class LooksIT {

    private static final TestDatabase DB = TestDatabase.empty();

    /** Tables of organisations whose ids stand in no address by themselves, and why a look at them is none of somebody's data. */
    private static final Set<String> NO_LOOK = Set.of(
            // Read under what they belong to, whose id is in the address.
            "organisation.document",
            "equipment.custody",
            "equipment.slot",
            "equipment.hold",
            "rental.step",
            "rental.liability_evidence",
            "rental.liability_proposal",
            "rental.liability_step",
            "billing.entry",
            "maintenance.offer",
            "maintenance.step",
            "procurement.question",
            "procurement.expert_tie",
            "procurement.panel_seat",
            "procurement.sheet",
            "procurement.review",
            "procurement.award_notice",
            "procurement.red_flag_dismissal",
            "oversight.case_step",
            "oversight.recall_notice",
            "oversight.data_export_log",
            // Nobody but their owner reads them.
            "organisation.access_token",
            "organisation.invitation",
            // Sealed, or public.
            "procurement.bid",
            "procurement.ocds_package",
            // The regulators' own; an inspection is known to nobody before an inspector comes.
            "oversight.recall",
            "oversight.look",
            "oversight.covert_investigation",
            "oversight.sampling",
            "oversight.sample");

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID east = all.organisation("HOSPITAL");
    private final UUID west = all.organisation("HOSPITAL");

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void everyTableOfOrganisationsIsOneWhoseReadingIsWrittenDownOrSaysWhyNot() throws SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection c = DB.administrator();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select t.table_schema || '.' || t.table_name name,
                          position(t.table_schema || '.' || t.table_name || ' ' in f.prosrc) > 0 covered
                        from information_schema.tables t cross join pg_proc f
                        where f.oid = 'oversight.owners_of'::regproc and t.table_type = 'BASE TABLE'
                          and exists (select 1 from information_schema.columns k where k.table_schema = t.table_schema
                            and k.table_name = t.table_name and k.column_name = 'id' and k.udt_name = 'uuid')
                          and exists (select 1 from information_schema.columns k where k.table_schema = t.table_schema
                            and k.table_name = t.table_name and k.udt_name = 'uuid'
                            and k.column_name ~ '(^|_)(org|owner|buyer|supplier|custodian|lessee|bidder)(_id|_org|$)')""")) {
            while (rs.next()) {
                if (!rs.getBoolean("covered") && !NO_LOOK.contains(rs.getString("name"))) {
                    missing.add(rs.getString("name"));
                }
            }
        }
        assertTrue(
                missing.isEmpty(),
                "A regulator could read these unseen: add them to oversight.owners_of, or say here why not: "
                        + missing);
    }

    @Test
    void aReadingIsSeenByWhoseTheThingIsOnceAMinuteAndByNobodyElse() throws SQLException {
        UUID unit = all.unit(all.model("0" + Ids.next().toString().substring(24)), "", east);
        read(unit);
        read(unit);
        assertEquals(List.of("READ UNIT"), seenBy(east));
        assertEquals(List.of(), seenBy(west));
        all.services.clock().set(all.services.clock().instant().plus(Duration.ofMinutes(2)));
        read(unit);
        assertEquals(2, seenBy(east).size());
    }

    @Test
    void whatIsNobodysAndWhatAMemberReadsIsNoLook() throws SQLException {
        UUID unit = all.unit(all.model("0" + Ids.next().toString().substring(24)), "", west);
        read(Ids.next());
        all.services.as(RecallFixture.person(west, Scope.MEMBER, Roles.EQUIPMENT), () -> {
            all.services.get(Looks.class).read(Set.of(unit));
            return true;
        });
        assertEquals(List.of(), seenBy(west));
    }

    @Test
    void aCaseIsALookAtTheOrganisationConcernedOnlyOnceItWasTold() {
        CaseView open = all.services.as(
                all.regulator,
                () -> all.services.get(CaseWork.class).open(new OpenCase("AUDIT", "Checks", "Why", west, null, false)));
        read(open.id());
        assertEquals(List.of(), seenBy(west));
        CaseView scoped = all.services.as(
                all.regulator,
                () -> all.services.get(CaseWork.class).advance(open.id(), open.version(), CaseStage.SCOPED, "Scope"));
        all.services.as(all.regulator, () -> all.services
                .get(CaseWork.class)
                .advance(open.id(), scoped.version(), CaseStage.QUERY, "Tell us"));
        read(open.id());
        assertEquals(List.of("READ CASE"), seenBy(west));
    }

    private void read(UUID thing) {
        all.services.as(all.regulator, () -> {
            all.services.get(Looks.class).read(Set.of(thing));
            return true;
        });
    }

    private List<String> seenBy(UUID org) {
        return all
                .services
                .as(
                        RecallFixture.person(org, Scope.MEMBER, Roles.ORG_ADMIN),
                        () -> all.services.get(Looks.class).list(ListQuery.all()))
                .items()
                .stream()
                .map(l -> l.action() + " " + l.subjectKind())
                .collect(Collectors.toList());
    }
}
