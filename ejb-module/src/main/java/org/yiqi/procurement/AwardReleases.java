package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.contract.evaluation.LotResult.Fate;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.procurement.EvaluationRows.Opened;
import org.yiqi.shared.Money;
import org.yiqi.shared.tenancy.Secured;

/**
 * Publishes bids once their prices were read out and again when they are ranked, and every award from its notice to its end. Before the
 * prices are open nothing is told about bids.
 */
@Stateless
@Secured
public class AwardReleases {

    private static final String STATUS = "status";
    private static final List<String> BIDDER = List.of("tenderer");
    private static final List<String> WINNER = List.of("tenderer", "supplier");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Releases releases;

    @Inject
    ItemClasses classes;

    @Inject
    TenderStore store;

    @Inject
    EvaluationRows evaluations;

    @Inject
    Evaluations judged;

    @Inject
    AwardRows awards;

    @Inject
    Clock clock;

    /** A bid as it is published: without a price if it has none that can be read. */
    private record Line(
            UUID bid,
            String lot,
            UUID bidder,
            String status,
            @Nullable Money price) {}

    /** The prices were read out. */
    @RolesAllowed("**")
    public void on(@Observes EnvelopesOpened opened) {
        TenderView tender = tender(opened.tender());
        List<Envelope> envelopes = tender.terms().envelopes();
        if (envelopes.get(envelopes.size() - 1).name().equals(opened.envelope())) {
            publishBids(tender, lines(tender, Map.of()));
        }
    }

    /** What became of each bid is signed. */
    @RolesAllowed("**")
    public void on(@Observes TenderRanked ranked) {
        TenderView tender = tender(ranked.tender());
        Map<UUID, String> fates = new HashMap<>();
        for (LotResult result : judged.view(tender.id()).results()) {
            for (Standing each : result.standings()) {
                fates.put(each.bid(), each.fate() == Fate.VALID ? "valid" : "disqualified");
            }
        }
        publishBids(tender, lines(tender, fates));
    }

    private List<Line> lines(TenderView tender, Map<UUID, String> fates) {
        Map<UUID, Line> lines = new LinkedHashMap<>();
        for (Envelope envelope : tender.terms().envelopes()) {
            for (Opened each : evaluations.opened(tender.id(), envelope.name())) {
                Line line = new Line(
                        each.bid(),
                        each.lot(),
                        each.bidder(),
                        fates.getOrDefault(
                                each.bid(), each.content() == null && !each.missing() ? "disqualified" : "pending"),
                        envelope == Envelope.PRICE ? price(each, tender.currency()) : null);
                lines.put(each.bid(), line);
            }
        }
        return new ArrayList<>(lines.values());
    }

    private static @Nullable Money price(Opened opened, String currency) {
        String amount = opened.values().getOrDefault("amount", "");
        return currency.equals(opened.values().get("currency")) && amount.matches("[1-9][0-9]{0,14}")
                ? Money.ofMinor(Long.parseLong(amount), currency)
                : null;
    }

    private void publishBids(TenderView tender, List<Line> lines) {
        JsonArrayBuilder details = Json.createArrayBuilder();
        JsonArrayBuilder statistics = Json.createArrayBuilder();
        Map<UUID, List<String>> parties = new LinkedHashMap<>();
        for (Line line : lines) {
            parties.put(line.bidder(), BIDDER);
            JsonObjectBuilder bid = Json.createObjectBuilder()
                    .add("id", line.bid().toString())
                    .add("date", tender.terms().deadline().toString())
                    .add(STATUS, line.status())
                    .add("tenderers", Json.createArrayBuilder().add(releases.reference(line.bidder())))
                    .add("relatedLots", Json.createArrayBuilder().add(line.lot()));
            if (line.price() != null) {
                bid.add("value", TenderReleases.value(line.price()));
            }
            details.add(bid);
        }
        for (Lot lot : tender.terms().lots()) {
            count(
                    statistics,
                    tender,
                    lot.code(),
                    lines.stream().filter(each -> each.lot().equals(lot.code())).toList());
        }
        releases.publish(
                tender.ocid(),
                tender.buyerId(),
                ReleaseTag.TENDER_UPDATE,
                Json.createObjectBuilder()
                        .add("tender", TenderReleases.brief(tender))
                        .add(
                                "bids",
                                Json.createObjectBuilder()
                                        .add("statistics", statistics)
                                        .add("details", details))
                        .build(),
                parties);
    }

    private void count(JsonArrayBuilder statistics, TenderView tender, String lot, List<Line> lines) {
        add(statistics, "bids", lot, lines.size());
        add(
                statistics,
                "bidders",
                lot,
                lines.stream().map(Line::bidder).collect(Collectors.toSet()).size());
        if (lines.stream().anyMatch(each -> each.status().equals("pending"))) {
            return;
        }
        List<Line> valid =
                lines.stream().filter(each -> each.status().equals("valid")).toList();
        add(statistics, "validBids", lot, valid.size());
        LongSummaryStatistics prices = valid.stream()
                .map(Line::price)
                .filter(Objects::nonNull)
                .mapToLong(Money::minor)
                .summaryStatistics();
        if (prices.getCount() > 0) {
            amount(statistics, "lowestValidBidValue", lot, Money.ofMinor(prices.getMin(), tender.currency()));
            amount(statistics, "highestValidBidValue", lot, Money.ofMinor(prices.getMax(), tender.currency()));
        }
    }

    private void add(JsonArrayBuilder statistics, String measure, String lot, int value) {
        statistics.add(statistic(measure, lot).add("value", value));
    }

    private void amount(JsonArrayBuilder statistics, String measure, String lot, Money value) {
        statistics.add(statistic(measure, lot).add("value", value.amount()).add("currency", value.currency()));
    }

    private JsonObjectBuilder statistic(String measure, String lot) {
        return Json.createObjectBuilder()
                .add("id", measure + "-" + lot)
                .add("measure", measure)
                .add("date", clock.instant().toString())
                .add("relatedLot", lot);
    }

    @RolesAllowed("**")
    public void on(@Observes AwardNoticed noticed) {
        TenderView tender = tender(noticed.tender());
        AwardNotice notice = notice(noticed.notice());
        publish(tender, notice, ReleaseTag.AWARD, "pending", notice.reason());
    }

    @RolesAllowed("**")
    public void on(@Observes AwardSuspended suspended) {
        AwardNotice notice = notice(suspended.notice());
        publish(
                tender(suspended.tender()),
                notice,
                ReleaseTag.AWARD_UPDATE,
                "pending",
                notice.state() == NoticeState.SUSPENDED ? "投诉处理中，暂停授予" : "公示期至 " + notice.standstillUntil());
    }

    /** With the regulator's reasons. */
    @RolesAllowed("**")
    public void on(@Observes AwardWithdrawn withdrawn) {
        String reasons = awards.notices(withdrawn.tender()).stream()
                .filter(each -> each.id().equals(withdrawn.notice()))
                .flatMap(each -> each.complaints().stream())
                .filter(each -> each.state() == ComplaintState.UPHELD)
                .map(ComplaintView::decision)
                .collect(Collectors.joining("\n"));
        publish(
                tender(withdrawn.tender()),
                notice(withdrawn.notice()),
                ReleaseTag.AWARD_CANCELLATION,
                "cancelled",
                reasons);
    }

    @RolesAllowed("**")
    public void on(@Observes LotAwarded awarded) {
        awards.notices(awarded.tender()).stream()
                .filter(each -> each.lot().equals(awarded.lot()) && each.state() == NoticeState.AWARDED)
                .findFirst()
                .ifPresent(notice ->
                        publish(tender(awarded.tender()), notice, ReleaseTag.AWARD_UPDATE, "active", notice.reason()));
    }

    @RolesAllowed("**")
    public void on(@Observes LotFailed failed) {
        TenderView tender = tender(failed.tender());
        JsonObjectBuilder award = Json.createObjectBuilder()
                .add("id", tender.number() + "-" + failed.lot())
                .add(STATUS, "unsuccessful")
                .add("date", clock.instant().toString())
                .add("description", failed.reason().name())
                .add("relatedLots", Json.createArrayBuilder().add(failed.lot()));
        publish(tender, award, failed.lot(), "unsuccessful", ReleaseTag.AWARD, Map.of());
    }

    private void publish(TenderView tender, AwardNotice notice, ReleaseTag tag, String status, String why) {
        Lot lot = tender.terms().lots().stream()
                .filter(each -> each.code().equals(notice.lot()))
                .findFirst()
                .orElseThrow();
        JsonObjectBuilder item = Json.createObjectBuilder()
                .add("id", lot.code())
                .add("description", lot.title())
                .add("quantity", lot.quantity())
                .add("relatedLot", lot.code());
        classes.add(item, lot.category());
        JsonObjectBuilder award = Json.createObjectBuilder()
                .add("id", notice.id().toString())
                .add("title", lot.title())
                .add("description", why)
                .add(STATUS, status)
                .add("date", clock.instant().toString())
                .add("value", TenderReleases.value(notice.amount().toMoney()))
                .add("suppliers", Json.createArrayBuilder().add(releases.reference(notice.bidder())))
                .add("items", Json.createArrayBuilder().add(item))
                .add("relatedLots", Json.createArrayBuilder().add(lot.code()))
                .add("relatedBid", notice.bid().toString());
        publish(
                tender,
                award,
                lot.code(),
                status.equals("active") ? "complete" : "active",
                tag,
                Map.of(notice.bidder(), WINNER));
    }

    private void publish(
            TenderView tender,
            JsonObjectBuilder award,
            String lot,
            String lotStatus,
            ReleaseTag tag,
            Map<UUID, List<String>> parties) {
        JsonObjectBuilder told = TenderReleases.brief(tender)
                .add(
                        "lots",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder().add("id", lot).add(STATUS, lotStatus)));
        LedgerWide.on(
                dataSource,
                c -> releases.publish(
                        tender.ocid(),
                        tender.buyerId(),
                        tag,
                        Json.createObjectBuilder()
                                .add("tender", told)
                                .add("awards", Json.createArrayBuilder().add(award))
                                .build(),
                        parties));
    }

    private TenderView tender(UUID id) {
        return store.find(id).orElseThrow(Tenders::unknown);
    }

    private AwardNotice notice(UUID id) {
        return awards.notice(id).orElseThrow(Tenders::unknown);
    }
}
