package org.yiqi.contract;

import static org.yiqi.contract.PartyRole.BUYER;
import static org.yiqi.contract.PartyRole.SUPPLIER;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Contracts: both sides sign, and one that follows a tender says what the award said. */
final class ContractRules {

    private static final Subject.Kind SUBJECT = Subject.Kind.CONTRACT;

    private ContractRules() {}

    /** The sides of a contract. */
    record ContractStanding(UUID buyer, UUID supplier) {

        static String key(UUID contract) {
            return "contract/" + contract;
        }

        String json() {
            return CanonicalJson.write(Map.of("buyer", buyer.toString(), "supplier", supplier.toString()));
        }

        static ContractStanding parse(String json) {
            Fields fields = Fields.of(CanonicalJson.read(json), Set.of("buyer", "supplier"));
            return new ContractStanding(fields.uuid("buyer"), fields.uuid("supplier"));
        }
    }

    static List<ActRule> rules() {
        return List.of(
                new ActRule("contract.signed", SUBJECT, Set.of(BUYER, SUPPLIER), ContractRules::sign)
                        .body("amount", "currency")
                        .optionalBody("lot", "tender")
                        .supported()
                        .reads(act -> act.body().containsKey("tender")
                                ? Set.of(Subject.tender(new Fields(act.body()).uuid("tender")))
                                : Set.of()),
                new ActRule("contract.amended", SUBJECT, Set.of(BUYER, SUPPLIER), ContractRules::amend)
                        .optionalBody("amount", "currency", "reason")
                        .supported());
    }

    private static void sign(Act act, Register register) {
        UUID id = act.subject().id();
        Refused.unless(
                register.read(ContractStanding.key(id), ContractStanding::parse) == null, Refusal.CONTRACT_KNOWN);
        ContractStanding contract = sides(act);
        Fields body = new Fields(act.body());
        String amount = TenderRules.amount(body);
        String currency = TenderRules.currency(body);
        Refused.unless(act.body().containsKey("tender") == act.body().containsKey("lot"), Refusal.WRONG_BODY);
        if (act.body().containsKey("tender")) {
            UUID tenderId = body.uuid("tender");
            TenderStanding tender = TenderRules.tender(tenderId, register);
            TenderStanding.Award award = tender.awards().get(body.text("lot"));
            if (award == null || award.failed()) {
                throw new Refused(Refusal.NOT_AWARDED);
            }
            Refused.unless(award.contract().isEmpty(), Refusal.CONTRACT_KNOWN);
            boolean same = tender.buyer().equals(contract.buyer())
                    && award.org().equals(contract.supplier().toString())
                    && award.amount().equals(amount)
                    && award.currency().equals(currency);
            Refused.unless(same, Refusal.NOT_AS_AWARDED);
            register.write(
                    TenderStanding.key(tenderId),
                    tender.decided(body.text("lot"), award.signed(id)).json());
        }
        register.write(ContractStanding.key(id), contract.json());
    }

    private static void amend(Act act, Register register) {
        ContractStanding contract =
                register.read(ContractStanding.key(act.subject().id()), ContractStanding::parse);
        if (contract == null) {
            throw new Refused(Refusal.UNKNOWN_CONTRACT);
        }
        Refused.unless(contract.equals(sides(act)), Refusal.WRONG_PARTIES);
        Map<String, Object> price = new HashMap<>(act.body());
        price.keySet().retainAll(Set.of("amount", "currency"));
        if (!price.isEmpty()) {
            Fields body = new Fields(price);
            TenderRules.amount(body);
            TenderRules.currency(body);
        }
    }

    private static ContractStanding sides(Act act) {
        UUID buyer = act.party(BUYER).orElseThrow();
        UUID supplier = act.party(SUPPLIER).orElseThrow();
        Refused.unless(!buyer.equals(supplier), Refusal.SAME_PARTY);
        return new ContractStanding(buyer, supplier);
    }
}
