package org.yiqi.web.rental;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.OfferRow;
import org.yiqi.rental.Offers;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.ListPage;

/** The offers of one's own organisation; of everyone, for the platform and regulators. */
@Named
@RequestScoped
public class OfferListView extends ListPage<OfferRow> {

    @Inject
    Offers offers;

    @Inject
    Caller caller;

    private @Nullable String state;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        return filters;
    }

    @Override
    protected ListQuery query() {
        return caller.scope().name().equals("MEMBER")
                ? super.query().where("owner", caller.orgId().toString())
                : super.query();
    }

    @Override
    protected Page<OfferRow> find(ListQuery query) {
        return offers.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<OfferRow> consumer) {
        offers.export(query, consumer);
    }

    @Override
    protected List<Column<OfferRow>> columns() {
        return List.of(
                column("rental.unit", o -> o.unit(language.getTag())),
                column("rental.category", o -> texts.get("equipment.category." + o.category())),
                column("rental.owner", o -> o.owner(language.getTag())),
                column("rental.state", o -> texts.get("rental.offer.state." + o.state())),
                column("rental.from", OfferRow::from),
                column("rental.to", OfferRow::to));
    }

    public String publish(UUID id) {
        offers.publish(id);
        return done();
    }

    public String pause(UUID id) {
        offers.pause(id);
        return done();
    }

    public String withdraw(UUID id) {
        offers.withdraw(id);
        return done();
    }

    private static String done() {
        return "/rental/offers?faces-redirect=true&includeViewParams=true";
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }
}
