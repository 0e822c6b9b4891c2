package org.yiqi.rental;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * How a damage is to be split: by causes, each with its weight.
 *
 * @param amount at most the case's limit; null for the limit itself
 * @param note why the causes weigh what they do
 */
public record ProposeSplit(List<Weighed> causes, @Nullable Money amount, String note) {

    public ProposeSplit {
        causes = List.copyOf(causes);
    }

    /**
     * A cause with its weight among the others.
     *
     * @param org who answers for it; null for whom the rules name. Somebody else needs a reason
     * @param reason why somebody else answers than the rules say
     */
    public record Weighed(
            LiabilityCause cause, int weight, @Nullable UUID org, String reason) {}
}
