package org.yiqi.web.telemetry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.telemetry.DeliveryView;
import org.yiqi.telemetry.WebhookView;
import org.yiqi.telemetry.Webhooks;

/** The organisation's webhooks, and what was sent to the one that is chosen in the address. */
@Named
@ViewScoped
public class WebhooksPage implements Serializable {

    @Inject
    Webhooks webhooks;

    private @Nullable String id;
    private @Nullable String url;
    private @Nullable WebhookView made;
    private final LazyDataModel<DeliveryView> deliveries = new Rows<>(
            this::deliveries, query -> query, delivery -> delivery.id().toString());

    public List<WebhookView> getAll() {
        return webhooks.list();
    }

    /** The one whose deliveries are shown: the address's, or the only one. */
    public @Nullable WebhookView getChosen() {
        List<WebhookView> all = getAll();
        return all.stream()
                .filter(w -> w.id().toString().equals(id))
                .findFirst()
                .orElse(all.size() == 1 ? all.get(0) : null);
    }

    private Page<DeliveryView> deliveries(ListQuery query) {
        WebhookView chosen = getChosen();
        return chosen == null ? new Page<>(List.of(), null, 0) : webhooks.deliveries(chosen.id(), query);
    }

    public LazyDataModel<DeliveryView> getDeliveries() {
        return deliveries;
    }

    /** The secret is shown on this answer only. */
    public void create() {
        made = webhooks.create(url == null ? "" : url.strip());
        url = null;
    }

    public void tryOut(UUID webhook) {
        webhooks.tryOut(webhook);
        id = webhook.toString();
        made = null;
    }

    public void retry(UUID delivery) {
        WebhookView chosen = getChosen();
        if (chosen != null) {
            webhooks.retry(chosen.id(), delivery);
        }
    }

    public void remove(UUID webhook) {
        webhooks.remove(webhook);
        made = null;
    }

    public String kind(DeliveryView delivery) {
        return switch (delivery.state()) {
            case "DELIVERED" -> "ok";
            case "FAILED" -> "bad";
            default -> delivery.attempts() == 0 ? "info" : "warn";
        };
    }

    public @Nullable WebhookView getMade() {
        return made;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUrl(@Nullable String url) {
        this.url = url;
    }
}
