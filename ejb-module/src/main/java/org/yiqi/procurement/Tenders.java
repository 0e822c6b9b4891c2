package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Tenders: drafted from an approved plan, read by their buyer and openers until they are published, by everybody from then
 * on. {@link TenderPublication}, {@link Amendments}, {@link TenderClosing} move them on.
 */
@Stateless
@Secured
public class Tenders {

    private static final int FEWEST_OPENERS = 3;
    private static final int MOST_OPENERS = 25;
    private static final String LOT_CODE = "[A-Za-z0-9][A-Za-z0-9-]{0,19}";
    private static final String COLUMNS = """
            x.*, (select count(*) from procurement.lot l where l.tender_id = x.id) as lots,
            (select coalesce(sum(l.ceiling_minor), 0) from procurement.lot l where l.tender_id = x.id) as ceiling""";

    private static final Listing<TenderRow> LISTING = listing()
            .sort("madeAt", "x.made_at", "timestamptz")
            .defaultSort("-madeAt")
            .filter("state", "x.state", "text");
    private static final Listing<TenderRow> PUBLIC = listing()
            .sort("publishedAt", "coalesce(x.published_at, 'infinity')", "timestamptz")
            .defaultSort("-publishedAt")
            .filter("state", "x.state", "text");

    @Inject
    Sql sql;

    @Inject
    TenderStore store;

    @Inject
    PurchasePlanStore plans;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    private static Listing<TenderRow> listing() {
        return Listing.of(COLUMNS, "procurement.tender x", "x.id", TenderRow::read)
                .sort("deadline", "x.deadline", "timestamptz")
                .sort("title", "x.title", "text")
                .sort("number", "x.number", "text")
                .filter("id", "x.id", "uuid")
                .filter("category", "x.category", "text")
                .filter("buyer", "x.org_id", "uuid")
                .filter("plan", "x.plan_id", "uuid")
                .search("(x.number || ' ' || x.title || ' ' || x.description) ilike '%' || ? || '%'");
    }

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("tender_of_plan", "procurement.plan-tendered");
        DatabaseRefusals.register("criteria_come_to_100", "procurement.tender-invalid");
        DatabaseRefusals.register("opener_keys_whole", "procurement.keys-missing");
        DatabaseRefusals.register("opener_key_once", "procurement.key-known");
        DatabaseRefusals.register("opener_key_pkey", "procurement.key-registered");
        DatabaseRefusals.register("tender_document_once", "procurement.document-known");
        DatabaseRefusals.register("amendment_one_open", "procurement.amendment-open");
    }

    /**
     * All that the caller may read: what is published, what its organisation drafts or opens. Filters: {@code state, category,
     * buyer, plan}; sorts: {@code madeAt, deadline, title, number}.
     */
    @RolesAllowed("**")
    public Page<TenderRow> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<TenderRow> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** Published tenders, for anybody. Sorts by {@code publishedAt} too. */
    @PermitAll
    public Page<TenderRow> published(ListQuery query) {
        ListQuery shown = query.filters().containsKey("state")
                ? query
                : new ListQuery(
                        query.limit(),
                        query.offset(),
                        query.cursor(),
                        query.sort(),
                        query.q(),
                        with(query.filters(), "state", PUBLIC_STATES));
        if (!Set.copyOf(PUBLIC_STATES).containsAll(shown.filters().getOrDefault("state", List.of()))) {
            throw new RuleViolation("shared.bad-filter", "The public reads published tenders")
                    .at("/state", "one of " + PUBLIC_STATES);
        }
        return sql.with(c -> PUBLIC.page(c, shown));
    }

    private static final List<String> PUBLIC_STATES = Arrays.stream(TenderState.values())
            .filter(TenderState::isPublic)
            .map(Enum::name)
            .toList();

    private static Map<String, List<String>> with(Map<String, List<String>> filters, String name, List<String> values) {
        Map<String, List<String>> more = new HashMap<>(filters);
        more.put(name, values);
        return more;
    }

    /** @throws NotFound {@code procurement.tender-not-found} */
    @RolesAllowed("**")
    public TenderView get(UUID id) {
        return store.find(id).orElseThrow(Tenders::unknown);
    }

    /**
     * A published tender, for anybody.
     *
     * @throws NotFound {@code procurement.tender-not-found}
     */
    @PermitAll
    public TenderView notice(UUID id) {
        return store.find(id).filter(t -> t.publishedAt() != null).orElseThrow(Tenders::unknown);
    }

    static NotFound unknown() {
        return new NotFound("procurement.tender-not-found", "No such tender");
    }

    /**
     * Drafts a tender.
     *
     * @throws RuleViolation {@code procurement.tender-invalid}, {@code procurement.plan-unknown}
     * @throws Conflict {@code procurement.plan-not-approved}, {@code procurement.plan-tendered}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public TenderView create(TenderTerms terms) {
        PurchasePlanView plan = plan(terms);
        check(terms, plan);
        UUID id = Ids.next();
        LocalDate rulesOf = rules();
        store.insert(id, caller.orgId(), caller.personId(), plan, terms, rulesOf, clock.instant());
        audit.write("procurement.tender-drafted", id.toString(), Map.of("title", terms.title()));
        return get(id);
    }

    /** Changes a draft. An opener that has registered its keys stays, and with a key registered the envelopes stay too. */
    @RolesAllowed(Roles.EQUIPMENT)
    public TenderView change(UUID id, long seen, TenderTerms terms) {
        TenderView tender = own(id, seen, TenderState.DRAFT);
        PurchasePlanView plan = plan(terms);
        check(terms, plan);
        Set<UUID> ready = new HashSet<>();
        tender.keys().forEach(key -> ready.add(key.opener()));
        new Limits("procurement.tender-invalid", "Some values of the tender do not fit what is there already")
                .check("/planId", terms.planId().equals(tender.terms().planId()), "the plan it was drafted from")
                .check("/openers", terms.openers().containsAll(ready), "keeps openers whose keys are registered")
                .check(
                        "/twoEnvelopes",
                        ready.isEmpty()
                                || terms.twoEnvelopes() == tender.terms().twoEnvelopes(),
                        "stays once a key is registered")
                .refuse();
        store.change(id, seen, terms);
        audit.write("procurement.tender-changed", id.toString(), Map.of("version", seen + 1));
        return get(id);
    }

    /** A tender of the caller's organisation, locked, as it was seen and in the state that a step needs. */
    @RolesAllowed("**")
    public TenderView own(UUID id, long seen, TenderState... states) {
        if (!get(id).buyerId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-tender", "Only its buyer moves a tender on");
        }
        TenderView tender = store.lock(id).orElseThrow(Tenders::unknown);
        StaleVersion.check(seen, tender.version());
        if (!List.of(states).contains(tender.state())) {
            throw new Conflict("procurement.tender-state", "The tender is not at this step")
                    .with("state", tender.state().name());
        }
        return tender;
    }

    private PurchasePlanView plan(TenderTerms terms) {
        PurchasePlanView plan = plans.find(terms.planId())
                .filter(p -> p.organisationId().equals(caller.orgId()))
                .orElseThrow(() -> new RuleViolation("procurement.plan-unknown", "There is no such plan")
                        .at("/planId", "a plan of your organisation"));
        if (plan.state() != PlanState.APPROVED) {
            throw new Conflict("procurement.plan-not-approved", "A tender needs an approved plan");
        }
        return plan;
    }

    private LocalDate rules() {
        return plans.rules(LocalDate.ofInstant(clock.instant(), BusinessCalendar.CHINA))
                .fromDay();
    }

    private void check(TenderTerms terms, PurchasePlanView plan) {
        Limits limits = new Limits("procurement.tender-invalid", "Some values of the tender are out of range")
                .text("/title", terms.title(), 200)
                .text("/description", terms.description(), 8000)
                .number("/lots", terms.lots().size(), 1, 50)
                .number("/requirements", terms.requirements().size(), 0, 200)
                .number("/criteria", terms.criteria().size(), 1, 20)
                .number("/openers", terms.openers().size(), FEWEST_OPENERS, MOST_OPENERS)
                .check("/enquiryUntil", terms.enquiryUntil().isBefore(terms.deadline()), "before the deadline");
        checkLots(terms, plan, limits);
        checkCriteria(terms, limits);
        checkOpeners(terms, limits);
        limits.refuse();
    }

    private static void checkLots(TenderTerms terms, PurchasePlanView plan, Limits limits) {
        Set<String> codes = new HashSet<>();
        String currency = plan.terms().budget().currency();
        long quantity = 0;
        long ceiling = 0;
        for (int i = 0; i < terms.lots().size(); i++) {
            Lot lot = terms.lots().get(i);
            String at = "/lots/" + i;
            limits.check(at + "/code", lot.code().matches(LOT_CODE), "letters, digits and hyphens, at most 20")
                    .check(at + "/code", codes.add(lot.code()), "each code once")
                    .text(at + "/title", lot.title(), 200)
                    .category(at + "/category", lot.category())
                    .number(at + "/quantity", lot.quantity(), 1, 10_000)
                    .number(at + "/ceiling", lot.ceiling().minor(), 1, 1_000_000_000_000_000L)
                    .check(at + "/ceiling", lot.ceiling().currency().equals(currency), "in " + currency);
            quantity += lot.quantity();
            ceiling += Math.min(lot.ceiling().minor(), 1_000_000_000_000_000L);
        }
        limits.check("/lots", quantity <= plan.terms().quantity(), "together at most the plan's quantity")
                .check("/lots", ceiling <= plan.terms().budget().minor(), "ceilings together within the plan's budget");
        for (int i = 0; i < terms.requirements().size(); i++) {
            Requirement requirement = terms.requirements().get(i);
            limits.text("/requirements/" + i + "/text", requirement.text(), 1000)
                    .check(
                            "/requirements/" + i + "/lot",
                            requirement.lot() == null || codes.contains(requirement.lot()),
                            "a lot of this tender");
        }
    }

    private void checkCriteria(TenderTerms terms, Limits limits) {
        int sum = 0;
        int money = 0;
        boolean quality = false;
        for (int i = 0; i < terms.criteria().size(); i++) {
            Criterion criterion = terms.criteria().get(i);
            limits.text("/criteria/" + i + "/title", criterion.title(), 200)
                    .number("/criteria/" + i + "/weight", criterion.weight(), 1, 100);
            sum += criterion.weight();
            money += criterion.kind() == Criterion.Kind.QUALITY ? 0 : criterion.weight();
            quality |= criterion.kind() == Criterion.Kind.QUALITY;
        }
        int least = plans.rules(LocalDate.ofInstant(clock.instant(), BusinessCalendar.CHINA))
                .priceWeight();
        limits.check("/criteria", sum == 100, "weights that come to 100")
                .check("/criteria", money >= least, "price and costs weigh at least " + least)
                .check("/twoEnvelopes", terms.twoEnvelopes() || !quality, "quality is judged before prices are seen");
    }

    private void checkOpeners(TenderTerms terms, Limits limits) {
        int openers = terms.openers().size();
        limits.check("/threshold", terms.threshold() * 2 > openers, "more than half of the openers")
                .number("/threshold", terms.threshold(), 2, openers)
                .check("/openers", new HashSet<>(terms.openers()).size() == openers, "each organisation once");
        for (int i = 0; i < openers; i++) {
            limits.check(
                    "/openers/" + i, mayOpen(terms.openers().get(i)), "an approved organisation, not the platform");
        }
    }

    private boolean mayOpen(UUID org) {
        try {
            OrganisationView opener = organisations.get(org);
            return !opener.kind().equals("PLATFORM") && opener.status().equals("APPROVED");
        } catch (NotFound e) {
            return false;
        }
    }
}
