package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.yiqi.shared.db.Sql;

/** What items of releases are classified as: by the national catalogue of devices, and by our own device class beside it. */
@ApplicationScoped
class ItemClasses {

    /** Our device classes, which are finer than the catalogue's first level. */
    private static final String OWN = "YIQI";

    @Inject
    Sql sql;

    /** Adds them to an item; a class that the catalogue has no place for has none. */
    void add(JsonObjectBuilder item, String category) {
        Optional<JsonObjectBuilder> known = sql.first(
                "select scheme, code, name from procurement.item_class where category = ?",
                rs -> Json.createObjectBuilder()
                        .add("scheme", rs.getString(1))
                        .add("id", rs.getString(2))
                        .add("description", rs.getString(3)),
                category);
        known.ifPresent(national -> item.add("classification", national)
                .add(
                        "additionalClassifications",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("scheme", OWN)
                                        .add("id", category))));
    }
}
