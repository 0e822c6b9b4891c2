package org.yiqi.rental;

import java.util.List;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.RuleViolation;

/**
 * When and how a unit is lent.
 *
 * @param windows when the owner can spare it, apart from each other
 * @param openMinute first minute of the local day in which it can be used, 0 for midnight
 * @param closeMinute minute of the local day at which use ends, 1440 for midnight
 * @param bufferBefore hours before a rental for transport and installation
 * @param bufferAfter hours after a rental for cleaning and transport
 * @param noticeHours how long before its start a rental must be applied for
 * @param regions codes of the regions it may go to (prefixes of GB/T 2260); empty for anywhere
 * @param transport who carries
 * @param transportFee charged per rental
 * @param transportPerKm charged per kilometre from the owner to the place of use, in addition
 */
public record OfferTerms(
        List<Period> windows,
        int openMinute,
        int closeMinute,
        int bufferBefore,
        int bufferAfter,
        int noticeHours,
        List<String> regions,
        Transport transport,
        Money transportFee,
        Money transportPerKm,
        String note) {

    private static final int MOST_WINDOWS = 50;
    private static final int MOST_BUFFER = 720;
    private static final int MOST_NOTICE = 8760;
    private static final long MOST_FEE = 1_000_000_000L;

    /** @throws RuleViolation {@code rental.offer-invalid} naming each broken field */
    public OfferTerms {
        RuleViolation all = new RuleViolation("rental.offer-invalid", "The offer cannot be made as it is");
        windows = List.copyOf(windows);
        regions = List.copyOf(regions);
        if (windows.isEmpty() || windows.size() > MOST_WINDOWS) {
            all.at("/windows", "1 to " + MOST_WINDOWS);
        }
        for (int i = 0; i < windows.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (windows.get(i).overlaps(windows.get(j))) {
                    all.at("/windows/" + i, "overlaps another window");
                }
            }
        }
        if (openMinute < 0 || closeMinute > 1440 || openMinute >= closeMinute) {
            all.at("/hours", "from 00:00 to 24:00, ending after they start");
        }
        range(bufferBefore, MOST_BUFFER, "/bufferBefore", all);
        range(bufferAfter, MOST_BUFFER, "/bufferAfter", all);
        range(noticeHours, MOST_NOTICE, "/noticeHours", all);
        for (String region : regions) {
            if (!region.matches("[0-9]{2,6}")) {
                all.at("/regions", "codes of 2 to 6 digits");
            }
        }
        if (transportFee.isNegative() || transportFee.minor() > MOST_FEE) {
            all.at("/transportFee", "0 to 10,000,000");
        }
        if (transportPerKm.isNegative() || transportPerKm.minor() > MOST_FEE) {
            all.at("/transportPerKm", "0 to 10,000,000");
        }
        if (note.length() > 2000) {
            all.at("/note", "at most 2000 characters");
        }
        if (!all.errors().isEmpty()) {
            throw all;
        }
    }

    private static void range(int value, int most, String at, RuleViolation all) {
        if (value < 0 || value > most) {
            all.at(at, "0 to " + most);
        }
    }
}
