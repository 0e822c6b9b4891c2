package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Location;
import org.yiqi.rental.domain.Offer;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Finds what is free and would do, the best first. */
@Stateless
@Secured
public class Searches {

    private static final int MOST = 50;
    private static final double COST_WEIGHT = 60;
    private static final double DISTANCE_WEIGHT = 25;
    private static final double RELIABILITY_WEIGHT = 15;
    /** At this distance half of the points for nearness are gone. */
    private static final double HALF_WAY_KM = 50;

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Offers offers;

    @Inject
    Tariffs tariffs;

    @Inject
    Sites sites;

    /** Units of others that are free for the whole period, in order of cost, distance and the lender's reliability. */
    @RolesAllowed("**")
    public List<Match> find(Need need) {
        Instant now = clock.instant();
        if (need.period().to().isBefore(now)) {
            throw new RuleViolation("rental.period-past", "That time is over").at("/to", "in the future");
        }
        Map<UUID, LenderRecord> records = records();
        Location site = sites.of(need.latitude(), need.longitude(), need.region());
        List<Candidate> candidates = new ArrayList<>();
        for (Offer offer : published(need)) {
            if (admits(offer, need, now) && offers.hasRoom(offer.id(), need.period())) {
                candidates.add(
                        candidate(offer, need, site, records.get(offer.unit().ownerOrg())));
            }
        }
        long cheapest = candidates.stream()
                .mapToLong(c -> c.quote.total().minor())
                .min()
                .orElse(0);
        return candidates.stream()
                .map(c -> c.match(cheapest, candidates.size()))
                .sorted(Comparator.comparingInt(Match::score)
                        .reversed()
                        .thenComparingLong(m -> m.quote().total().minor())
                        .thenComparing(m -> m.offer().id()))
                .limit(MOST)
                .toList();
    }

    private List<Offer> published(Need need) {
        String category = need.category();
        String text = need.text();
        return em
                .createQuery(
                        "select distinct o from Offer o join fetch o.windows"
                                + " where o.state = org.yiqi.rental.OfferState.PUBLISHED and o.unit.ownerOrg <> :own"
                                + " and (:category = '' or o.unit.category = :category)"
                                + " and (:text = '' or lower(concat(o.unit.nameZh, ' ', o.unit.nameEn, ' ', o.unit.capability))"
                                + " like concat('%', :text, '%'))",
                        Offer.class)
                .setParameter("own", caller.orgId())
                .setParameter("category", category == null ? "" : category)
                .setParameter("text", text == null ? "" : text.strip().toLowerCase(Locale.ROOT))
                .getResultList()
                .stream()
                .filter(o -> need.region() == null || need.region().isBlank() || o.goesTo(need.region()))
                .toList();
    }

    private static boolean admits(Offer offer, Need need, Instant now) {
        try {
            offer.admit(need.period(), now);
            return true;
        } catch (BusinessException notThisOne) {
            return false;
        }
    }

    /** What one offer would cost, used where {@link Sites#of} says. */
    @RolesAllowed("**")
    public Quote quote(UUID offerId, Period period, int uses, @Nullable String region) {
        Offer offer = Offers.find(em, offerId);
        TariffTerms terms = tariffs.get(offer.tariffId()).terms();
        Double km = Sites.km(offer, sites.of(null, null, region));
        return Pricing.quote(terms, period.length(), uses, offer.transportCost(km, terms.currency()));
    }

    private Candidate candidate(Offer offer, Need need, @Nullable Location site, @Nullable LenderRecord lender) {
        OfferView view = Offers.view(offer, tariffs.get(offer.tariffId()));
        Double km = Sites.km(offer, site);
        TariffTerms terms = view.tariff().terms();
        Quote quote =
                Pricing.quote(terms, need.period().length(), need.uses(), offer.transportCost(km, terms.currency()));
        return new Candidate(view, quote, km, lender);
    }

    private Map<UUID, LenderRecord> records() {
        Map<UUID, LenderRecord> records = new HashMap<>();
        try (Connection c = dataSource.getConnection();
                PreparedStatement s =
                        c.prepareStatement("select org_id, finished, withdrawn from rental.lender_record");
                ResultSet rs = s.executeQuery()) {
            while (rs.next()) {
                records.put(rs.getObject(1, UUID.class), new LenderRecord(rs.getInt(2), rs.getInt(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return records;
    }

    private record LenderRecord(int finished, int withdrawn) {
        double kept() {
            return (double) finished / (finished + withdrawn);
        }
    }

    private record Candidate(
            OfferView offer,
            Quote quote,
            @Nullable Double km,
            @Nullable LenderRecord lender) {

        Match match(long cheapest, int of) {
            long total = quote.total().minor();
            double cost = total == 0 ? 1 : (double) cheapest / total;
            double near = km == null ? 0.5 : HALF_WAY_KM / (HALF_WAY_KM + km);
            double kept = lender == null ? 0.5 : lender.kept();
            int score = BigDecimal.valueOf(COST_WEIGHT * cost + DISTANCE_WEIGHT * near + RELIABILITY_WEIGHT * kept)
                    .setScale(0, RoundingMode.HALF_UP)
                    .intValueExact();
            return new Match(offer, quote, km, lender == null ? null : kept, score, reasons(total == cheapest, of));
        }

        private List<Match.Reason> reasons(boolean best, int of) {
            List<Match.Reason> reasons = new ArrayList<>();
            String price = quote.total().amount().toPlainString();
            reasons.add(
                    best && of > 1
                            ? new Match.Reason("CHEAPEST", price, price + " in all, the cheapest of " + of)
                            : new Match.Reason("COST", price, price + " in all"));
            if (km != null) {
                reasons.add(new Match.Reason("DISTANCE", km.toString(), km + " km away"));
            }
            if (lender == null) {
                reasons.add(new Match.Reason("NEW_LENDER", "", "No finished rental of this lender yet"));
            } else {
                String kept = lender.finished + "/" + (lender.finished + lender.withdrawn);
                reasons.add(new Match.Reason("RELIABILITY", kept, kept + " rentals kept"));
            }
            return reasons;
        }
    }
}
