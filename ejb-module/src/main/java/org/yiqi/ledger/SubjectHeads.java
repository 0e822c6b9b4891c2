package org.yiqi.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Responsibility;
import org.yiqi.contract.SignedAct;

/** What the state says of a subject, and what its acts say, in a form that compares. */
final class SubjectHeads {

    private static final String NOBODY = "nobody";

    private SubjectHeads() {}

    static String digest(String value) {
        return field(value, "digest");
    }

    /** The custodian in a unit's state; nobody once it is closed. */
    static String custodianOf(String value) {
        return field(value, "closed").equals("true") ? NOBODY : field(value, "custodian");
    }

    /** The custodian after a unit's acts. */
    static String custodian(String[] documents) {
        try {
            List<Act> acts = new ArrayList<>();
            Arrays.stream(documents).map(SignedAct::parse).map(SignedAct::act).forEach(acts::add);
            List<Responsibility> all = LedgerQueries.responsibilities(acts);
            Responsibility last = all.isEmpty() ? null : all.get(all.size() - 1);
            return last == null || last.to() != null ? NOBODY : last.custodian().toString();
        } catch (MalformedAct e) {
            return "acts that cannot be read";
        }
    }

    private static String field(String value, String name) {
        try {
            return String.valueOf(CanonicalJson.read(value).get(name));
        } catch (MalformedAct e) {
            return "a value that cannot be read";
        }
    }
}
