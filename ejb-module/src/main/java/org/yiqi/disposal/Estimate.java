package org.yiqi.disposal;

import java.util.List;
import org.yiqi.shared.Money;

/**
 * What a unit is worth by one method.
 *
 * @param reason which explanation the method gives, a code
 * @param facts what the explanation is made of, in its order
 */
public record Estimate(
        Method method, Money low, Money likely, Money high, Confidence confidence, String reason, List<String> facts) {

    public Estimate {
        facts = List.copyOf(facts);
    }
}
