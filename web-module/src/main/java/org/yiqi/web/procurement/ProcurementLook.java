package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Category;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.procurement.ContractFile;
import org.yiqi.procurement.ContractState;
import org.yiqi.procurement.Finding;
import org.yiqi.procurement.NeedState;
import org.yiqi.procurement.PlanState;
import org.yiqi.procurement.ProductState;
import org.yiqi.procurement.PurchasePlanView.StepState;
import org.yiqi.procurement.TenderState;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** How states and findings of procurement look and read. */
@Named("procurementLook")
@RequestScoped
public class ProcurementLook {

    @Inject
    Texts texts;

    @Inject
    Language language;

    @Inject
    People people;

    private @Nullable Map<UUID, String> names;

    public List<String> getCategories() {
        return Category.all();
    }

    public NeedState[] getNeedStates() {
        return NeedState.values();
    }

    public PlanState[] getPlanStates() {
        return PlanState.values();
    }

    public String kind(NeedState state) {
        return switch (state) {
            case OPEN -> "warn";
            case PLANNED -> "ok";
            case DECLINED -> "mute";
        };
    }

    public String kind(PlanState state) {
        return switch (state) {
            case DRAFT, WITHDRAWN -> "mute";
            case APPROVING -> "info";
            case RETURNED -> "warn";
            case APPROVED -> "ok";
        };
    }

    public TenderState[] getTenderStates() {
        return TenderState.values();
    }

    /** States that the public reads. */
    public List<TenderState> getPublicStates() {
        return Arrays.stream(TenderState.values()).filter(TenderState::isPublic).toList();
    }

    public String kind(TenderState state) {
        return switch (state) {
            case DRAFT, CANCELLED -> "mute";
            case SIGNING, SUSPENDED -> "warn";
            case TENDERING, SEALED, OPENED, EVALUATION, RANKED, AWARD_NOTICE, STANDSTILL -> "info";
            case AWARDED, CONTRACTED -> "ok";
            case FAILED -> "bad";
        };
    }

    public ContractState[] getContractStates() {
        return ContractState.values();
    }

    public String kind(ContractState state) {
        return switch (state) {
            case DRAFTED, TERMINATED -> "mute";
            case OFFERED, SIGNING, AMENDING -> "warn";
            case EFFECTIVE -> "ok";
        };
    }

    public String kind(ContractFile.Verdict verdict) {
        return switch (verdict) {
            case SIGNED -> "ok";
            case WAITING -> "warn";
            case ALTERED -> "bad";
            case UNKNOWN -> "mute";
        };
    }

    public String kind(ProductState state) {
        return switch (state) {
            case DRAFT -> "info";
            case PUBLISHED -> "ok";
            case WITHDRAWN -> "mute";
        };
    }

    /** A rating as filled and empty stars; words beside it say the number. */
    public String stars(BigDecimal rating) {
        int full = rating.setScale(0, RoundingMode.HALF_UP).intValue();
        return "★".repeat(full) + "☆".repeat(5 - full);
    }

    public String stepKind(StepState state) {
        return switch (state) {
            case WAITING -> "info";
            case SIGNED -> "ok";
            case RETURNED -> "warn";
            case LEFT -> "mute";
        };
    }

    public String weightKind(Finding.Weight weight) {
        return switch (weight) {
            case BLOCKS -> "bad";
            case JUSTIFY -> "warn";
            case HINT -> "info";
        };
    }

    /** The finding as a sentence in the reader's language. */
    public String explain(Finding finding) {
        boolean zh = language.get() == Lang.ZH;
        List<String> facts = finding.facts();
        Object[] args =
                switch (finding.code()) {
                    case PARAMETER_MISSING -> new Object[] {facts.get(zh ? 0 : 1)};
                    case SHARE_INSTEAD -> new Object[] {facts.get(zh ? 0 : 1), facts.get(zh ? 2 : 3), facts.get(4)};
                    default -> facts.toArray();
                };
        return texts.format("procurement.finding." + finding.code(), args);
    }

    /** The name of a colleague; empty for none. */
    public String person(@Nullable UUID id) {
        return id == null ? "" : names().getOrDefault(id, "");
    }

    private Map<UUID, String> names() {
        Map<UUID, String> known = names;
        if (known == null) {
            known = new HashMap<>();
            for (PersonView person : people.list(new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of()))
                    .items()) {
                known.put(person.id(), person.name());
            }
            names = known;
        }
        return known;
    }
}
