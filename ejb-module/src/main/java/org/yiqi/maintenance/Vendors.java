package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.domain.Device;

/** Who could repair a unit: who is bound to, who is near, who has time. Looks at load beyond the caller's own orders. */
@ApplicationScoped
class Vendors {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int BOUND = 100;
    private static final int WARRANTY = 20;
    private static final int IN_HOUSE = 60;
    private static final int SAME_CITY = 30;
    private static final int SAME_PROVINCE = 10;
    private static final int PER_OPEN_ORDER = 3;
    private static final int PASSED = 1000;
    private static final int MANY = 10;

    @Inject
    Database database;

    @Inject
    Clock clock;

    /** Best first; those that let this order pass come last. */
    List<VendorSuggestion> suggest(
            UUID orderId, Device device, @Nullable UUID maintainer, @Nullable LocalDate warranty) {
        return database.beyondTenant(c -> {
            List<VendorSuggestion> found = new ArrayList<>();
            try (PreparedStatement s = c.prepareStatement("""
                    select o.id, o.name_zh, o.name_en, o.region_code, o.kind,
                           (select count(*) from maintenance.work_order w
                             where w.service_org = o.id and w.state not in ('RELEASED','CLOSED','CANCELLED')) as load,
                           exists (select 1 from maintenance.offer f where f.work_order_id = ? and f.org_id = o.id
                                     and f.answer in ('DECLINED','LAPSED')) as passed
                      from organisation.organisation o
                     where o.status = 'APPROVED' and (o.kind = 'SERVICE' or o.id = ? or (o.id = ? and exists (
                       select 1 from organisation.membership m where m.org_id = o.id and m.ended_at is null
                         and 'TECHNICIAN' = any(m.roles))))""")) {
                s.setObject(1, orderId);
                s.setObject(2, maintainer);
                s.setObject(3, device.custodianOrg());
                try (ResultSet rs = s.executeQuery()) {
                    while (rs.next()) {
                        UUID org = rs.getObject("id", UUID.class);
                        boolean bound = org.equals(maintainer);
                        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
                        Facts facts = new Facts(
                                bound,
                                bound && warranty != null && !warranty.isBefore(today),
                                org.equals(device.custodianOrg()),
                                nearness(rs.getString("region_code"), device.regionCode()),
                                rs.getInt("load"),
                                rs.getBoolean("passed"));
                        found.add(judge(org, rs.getString("name_zh"), rs.getString("name_en"), facts));
                    }
                }
            }
            found.sort(
                    Comparator.comparingInt(VendorSuggestion::score).reversed().thenComparing(VendorSuggestion::orgId));
            return found;
        });
    }

    /** Two digits of a division code are the province, four the city. */
    private static int nearness(String one, String other) {
        if (one.length() != 6 || other.length() != 6) {
            return 0;
        }
        if (one.regionMatches(0, other, 0, 4)) {
            return SAME_CITY;
        }
        return one.regionMatches(0, other, 0, 2) ? SAME_PROVINCE : 0;
    }

    static VendorSuggestion judge(UUID org, String nameZh, String nameEn, Facts facts) {
        int score = facts.near - PER_OPEN_ORDER * facts.load;
        List<VendorSuggestion.Reason> reasons = new ArrayList<>();
        if (facts.warranty) {
            score += BOUND + WARRANTY;
            reasons.add(VendorSuggestion.Reason.WARRANTY);
        } else if (facts.bound) {
            score += BOUND;
            reasons.add(VendorSuggestion.Reason.CONTRACT);
        }
        if (facts.inHouse) {
            score += IN_HOUSE;
            reasons.add(VendorSuggestion.Reason.IN_HOUSE);
        }
        if (facts.near == SAME_CITY) {
            reasons.add(VendorSuggestion.Reason.SAME_CITY);
        } else if (facts.near == SAME_PROVINCE) {
            reasons.add(VendorSuggestion.Reason.SAME_PROVINCE);
        }
        reasons.add(facts.load >= MANY ? VendorSuggestion.Reason.MANY_ORDERS : VendorSuggestion.Reason.FEW_ORDERS);
        if (facts.passed) {
            score -= PASSED;
            reasons.add(VendorSuggestion.Reason.PASSED_BEFORE);
        }
        return new VendorSuggestion(org, nameZh, nameEn, score, List.copyOf(reasons), facts.load);
    }

    /** What speaks for and against an organisation. */
    record Facts(boolean bound, boolean warranty, boolean inHouse, int near, int load, boolean passed) {}
}
