package org.yiqi.demo;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;
import org.yiqi.ledger.HistoryImport;
import org.yiqi.ledger.NewAct;
import org.yiqi.procurement.AmendmentView;
import org.yiqi.procurement.Criterion;
import org.yiqi.procurement.Envelope;
import org.yiqi.procurement.Lot;
import org.yiqi.procurement.OpenerKey;
import org.yiqi.procurement.Requirement;
import org.yiqi.procurement.TenderPublication;
import org.yiqi.procurement.TenderState;
import org.yiqi.procurement.TenderTerms;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.TermsDocument;
import org.yiqi.shared.Money;

/**
 * Tenders of the region: one that takes bids, one that was amended, one that was given up, and a draft that waits for its
 * openers' keys. The private halves of the keys here are thrown away: what is sealed for these tenders nobody opens, so
 * whoever wants to go the whole way begins with the draft.
 */
final class DemoTenders {

    private static final List<String> OPENERS = List.of("health", "fuyou", "zhongyi", "kangfu", "market");
    private static final String SPECIFICATION =
            "64 排 CT 一套，含高压注射器、安装、培训和五年保修。\nOne 64-row CT with injector, installation, training and five years' warranty.";

    private final Connection c;
    private final Instant now;
    private final HistoryImport ledger;
    private final DemoTable tenders = new DemoTable(
            "procurement.tender",
            "id, version, number, ocid, org_id, plan_id, title, description, category, two_envelopes, threshold, currency, enquiry_until,"
                    + " deadline, state, terms, terms_salt, terms_digest, act_id, ended_reason, ended_note, rules_of, made_by, made_at,"
                    + " published_at, ended_at");
    private final DemoTable lots =
            new DemoTable("procurement.lot", "tender_id, code, position, title, category, quantity, ceiling_minor");
    private final DemoTable requirements =
            new DemoTable("procurement.tender_requirement", "tender_id, position, lot, text, mandatory");
    private final DemoTable criteria =
            new DemoTable("procurement.criterion", "tender_id, position, kind, title, weight");
    private final DemoTable openers = new DemoTable("procurement.opener", "tender_id, org_id, position");
    private final DemoTable keys =
            new DemoTable("procurement.opener_key", "tender_id, org_id, envelope, public_key, proof, registered_at");
    private final DemoTable questions =
            new DemoTable("procurement.question", "id, tender_id, asker_org, lot, text, asked_at, answer, answered_at");
    private final DemoTable amendments = new DemoTable(
            "procurement.amendment",
            "tender_id, number, text, substantial, old_deadline, new_deadline, act_id, signed_at");

    DemoTenders(Connection c, Instant now, HistoryImport ledger) {
        this.c = c;
        this.now = now;
        this.ledger = ledger;
    }

    void fill() throws SQLException {
        List<String> numbers = DemoNumbers.draw(c, "procurement.tender_number", "%06d", 4);
        tender("shengyi", numbers.get(0), TenderState.TENDERING, null);
        tender(
                "qinghe",
                numbers.get(1),
                TenderState.TENDERING,
                "交货地点改为新院区一层；截止时间相应顺延。The place of delivery is the new building.");
        tender("donghu", numbers.get(2), TenderState.CANCELLED, null);
        tender("zhongxin", numbers.get(3), TenderState.DRAFT, null);
        for (DemoTable table : List.of(tenders, lots, requirements, criteria, openers, keys, questions, amendments)) {
            table.write(c);
        }
    }

    private void tender(String hospital, String number, TenderState state, @Nullable String change)
            throws SQLException {
        UUID id = DemoIds.of("tender", hospital);
        UUID buyer = DemoIds.of("org", hospital);
        boolean draft = state == TenderState.DRAFT;
        Instant deadline = at(30, 9);
        TenderView view =
                view(id, buyer, hospital, number, planNumber(hospital), deadline, draft ? List.of() : openersKeys(id));
        TermsDocument.Terms terms = TermsDocument.of(view, List.of(), List.of(), deadline);
        UUID act = null;
        String digest = "";
        if (!draft) {
            List<UUID> signers = new ArrayList<>(List.of(buyer));
            signers.addAll(view.terms().openers());
            Act published = ledger.underWay(c, TenderPublication.act(view, terms, now), signers)
                    .act();
            act = published.id();
            digest = published.digest();
        }
        if (change != null) {
            Instant later = at(44, 9);
            AmendmentView amendment = new AmendmentView(1, change, true, deadline, later, null, now);
            terms = TermsDocument.of(view, List.of(), List.of(amendment), later);
            Act amended = ledger.underWay(
                            c,
                            byBuyer(
                                    "tender.amended",
                                    view,
                                    Map.of("deadline", later.toString()),
                                    List.of(terms.evidence())),
                            List.of(buyer))
                    .act();
            act = amended.id();
            digest = amended.digest();
            amendments.add(id, 1, change, true, deadline, later, act, now);
            deadline = later;
        }
        if (state == TenderState.CANCELLED) {
            ledger.underWay(
                    c, byBuyer("tender.failed", view, Map.of("reason", "BUDGET_GONE"), List.of()), List.of(buyer));
        }
        write(view, state, deadline, terms, act, digest);
        if (!draft) {
            ask(id);
        }
    }

    private String planNumber(String hospital) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select number from procurement.plan where id = ?")) {
            s.setObject(1, DemoProcurement.planId(hospital, "CT"));
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getString(1);
            }
        }
    }

    private static NewAct byBuyer(String type, TenderView tender, Map<String, Object> body, List<Evidence> evidence) {
        return new NewAct(
                type,
                Subject.tender(tender.id()),
                tender.madeAt(),
                List.of(new Party(tender.buyerId(), PartyRole.BUYER)),
                body,
                evidence,
                tender.id());
    }

    private TenderView view(
            UUID id,
            UUID buyer,
            String hospital,
            String number,
            String planNumber,
            Instant deadline,
            List<OpenerKey> openersKeys) {
        TenderTerms terms = new TenderTerms(
                DemoProcurement.planId(hospital, "CT"),
                "64 排 CT · CT system, 64 rows",
                SPECIFICATION,
                true,
                3,
                at(16, 17),
                deadline,
                List.of(new Lot("1", "64 排 CT · CT system", "CT", 1, Money.cny("5600000"))),
                List.of(
                        new Requirement("1", "探测器 ≥ 64 排 · at least 64 detector rows", true),
                        new Requirement("1", "质保期 ≥ 5 年 · warranty of five years", true),
                        new Requirement(null, "培训不少于 10 人 · training for ten people", false)),
                List.of(
                        new Criterion(Criterion.Kind.PRICE, "价格 · Price", 40),
                        new Criterion(Criterion.Kind.QUALITY, "图像质量与剂量 · Image quality and dose", 40),
                        new Criterion(Criterion.Kind.QUALITY, "售后服务 · Service", 20)),
                OPENERS.stream().map(key -> DemoIds.of("org", key)).toList());
        return new TenderView(
                id,
                0,
                "T-" + number,
                "ocds-yiqi00-" + planNumber,
                buyer,
                terms,
                "CT",
                "CNY",
                TenderState.DRAFT,
                openersKeys,
                "",
                null,
                null,
                "",
                "",
                now,
                null,
                null,
                null);
    }

    private static List<OpenerKey> openersKeys(UUID tender) {
        SecureRandom random = new SecureRandom();
        List<OpenerKey> made = new ArrayList<>();
        for (String key : OPENERS) {
            UUID opener = DemoIds.of("org", key);
            for (Envelope envelope : Envelope.values()) {
                KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(random);
                byte[] proof = SignatureAlgorithm.SM2_SM3.sign(
                        pair.getPrivate().getEncoded(), TenderStanding.openersProof(tender, opener, envelope.name()));
                Base64.Encoder base64 = Base64.getEncoder();
                made.add(new OpenerKey(
                        opener,
                        envelope,
                        base64.encodeToString(pair.getPublic().getEncoded()),
                        base64.encodeToString(proof)));
            }
        }
        return made;
    }

    private void write(
            TenderView v,
            TenderState state,
            Instant deadline,
            TermsDocument.Terms terms,
            @Nullable UUID act,
            String digest) {
        TenderTerms t = v.terms();
        boolean draft = state == TenderState.DRAFT;
        boolean ended = state == TenderState.CANCELLED;
        tenders.add(
                v.id(),
                1,
                v.number(),
                v.ocid(),
                v.buyerId(),
                t.planId(),
                t.title(),
                t.description(),
                v.category(),
                t.twoEnvelopes(),
                t.threshold(),
                v.currency(),
                t.enquiryUntil(),
                deadline,
                state,
                draft ? "" : terms.text(),
                draft ? "" : terms.salt(),
                digest,
                act,
                ended ? "BUDGET_GONE" : "",
                ended ? "年度设备预算调整，本项目取消。The equipment budget was cut." : "",
                DemoProcurement.RULES,
                DemoIds.of("person", "shengyi.equipment"),
                now,
                draft ? null : now,
                ended ? now : null);
        Lot lot = t.lots().get(0);
        lots.add(
                v.id(),
                lot.code(),
                0,
                lot.title(),
                lot.category(),
                lot.quantity(),
                lot.ceiling().minor());
        for (int i = 0; i < t.requirements().size(); i++) {
            Requirement r = t.requirements().get(i);
            requirements.add(v.id(), i, r.lot(), r.text(), r.mandatory());
        }
        for (int i = 0; i < t.criteria().size(); i++) {
            Criterion criterion = t.criteria().get(i);
            criteria.add(v.id(), i, criterion.kind(), criterion.title(), criterion.weight());
        }
        for (int i = 0; i < t.openers().size(); i++) {
            openers.add(v.id(), t.openers().get(i), i);
        }
        for (OpenerKey key : v.keys()) {
            keys.add(v.id(), key.opener(), key.envelope(), key.key(), key.proof(), now);
        }
    }

    private void ask(UUID tender) {
        questions.add(
                DemoIds.at(now, "question1", tender.toString()),
                tender,
                DemoIds.of("org", "hengying"),
                "1",
                "机房改造由哪方负责？Who adapts the room?",
                now,
                "由采购人负责，图纸见附件。The buyer does.",
                now);
        questions.add(
                DemoIds.at(now, "question2", tender.toString()),
                tender,
                DemoIds.of("org", "tianshuo"),
                null,
                "是否接受分期付款？Is payment in instalments possible?",
                now,
                "",
                null);
    }

    /** A Monday so many days on or later, at an hour in China. */
    private Instant at(int days, int hour) {
        LocalDate day = LocalDate.ofInstant(now, DemoEquipment.CHINA)
                .plusDays(days)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        return day.atTime(LocalTime.of(hour, 0)).atZone(DemoEquipment.CHINA).toInstant();
    }
}
