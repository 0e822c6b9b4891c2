package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.PriceIndex;
import org.yiqi.procurement.PriceIndexView;
import org.yiqi.shared.problem.NotFound;

/** One reference price. */
@Named
@RequestScoped
public class PricePage {

    @Inject
    PriceIndex prices;

    private String id = "";
    private @Nullable PriceIndexView index;

    public void open() {
        try {
            index = prices.get(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.price-index-not-found", "Not an id", e);
        }
    }

    public @Nullable PriceIndexView getIndex() {
        return index;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }
}
