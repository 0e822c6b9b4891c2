package org.yiqi.procurement.domain;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merging of releases as the Open Contracting Data Standard defines it: later values take the place of earlier ones, objects
 * in lists are known by their id, null takes a value away.
 */
public final class ReleaseMerge {

    private static final Set<String> OF_THE_RELEASE = Set.of("id", "date", "tag", "ocid");
    /** Lists that the schema marks as merged whole. */
    private static final Set<String> WHOLE = Set.of("additionalIdentifiers", "additionalClassifications");

    private ReleaseMerge() {}

    /** What holds after all releases of a process. */
    public static JsonObject compiled(List<JsonObject> releases) {
        JsonObject last = releases.get(releases.size() - 1);
        Map<String, JsonValue> state = new LinkedHashMap<>();
        releases.forEach(release -> merge(state, contentOf(release)));
        JsonObjectBuilder compiled = Json.createObjectBuilder()
                .add("tag", Json.createArrayBuilder().add("compiled"))
                .add("id", last.getString("ocid") + "-" + last.getString("date"))
                .add("date", last.getString("date"))
                .add("ocid", last.getString("ocid"));
        state.forEach(compiled::add);
        return compiled.build();
    }

    private static Map<String, JsonValue> contentOf(JsonObject release) {
        Map<String, JsonValue> content = new LinkedHashMap<>(release);
        content.keySet().removeAll(OF_THE_RELEASE);
        return content;
    }

    private static void merge(Map<String, JsonValue> target, Map<String, JsonValue> source) {
        source.forEach((name, value) -> {
            JsonValue before = target.get(name);
            if (value.getValueType() == JsonValue.ValueType.NULL) {
                target.remove(name);
            } else if (value instanceof JsonObject object) {
                target.put(name, mergedObject(before, object));
            } else if (isMergedById(name, value)) {
                target.put(name, mergedList(before, value.asJsonArray()));
            } else {
                target.put(name, value);
            }
        });
    }

    private static JsonObject mergedObject(@Nullable JsonValue before, JsonObject object) {
        Map<String, JsonValue> merged = new LinkedHashMap<>();
        if (before instanceof JsonObject known) {
            merged.putAll(known);
        }
        merge(merged, object);
        return objectOf(merged);
    }

    private static JsonArray mergedList(@Nullable JsonValue before, JsonArray items) {
        List<JsonValue> merged = new ArrayList<>();
        if (before instanceof JsonArray known) {
            merged.addAll(known);
        }
        for (JsonValue item : items) {
            int at = indexOf(merged, item.asJsonObject().get("id"));
            if (at < 0) {
                merged.add(mergedObject(null, item.asJsonObject()));
            } else {
                merged.set(at, mergedObject(merged.get(at), item.asJsonObject()));
            }
        }
        return Json.createArrayBuilder(merged).build();
    }

    private static int indexOf(List<JsonValue> items, @Nullable JsonValue id) {
        for (int i = 0; id != null && i < items.size(); i++) {
            if (id.equals(items.get(i).asJsonObject().get("id"))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isMergedById(String name, JsonValue value) {
        return !WHOLE.contains(name)
                && value instanceof JsonArray array
                && !array.isEmpty()
                && array.stream().allMatch(JsonObject.class::isInstance);
    }

    private static JsonObject objectOf(Map<String, JsonValue> values) {
        JsonObjectBuilder builder = Json.createObjectBuilder();
        values.forEach(builder::add);
        return builder.build();
    }

    /** Every value of a process with the release that gave it, the oldest first. */
    public static JsonObject versioned(List<JsonObject> releases) {
        Node root = new Node();
        for (JsonObject release : releases) {
            root.take(contentOf(release), release, false);
        }
        JsonObjectBuilder versioned = Json.createObjectBuilder()
                .add("ocid", releases.get(releases.size() - 1).getString("ocid"));
        root.write().forEach(versioned::add);
        return versioned.build();
    }

    /** An object while its values' histories are gathered. */
    private static final class Node {
        private @Nullable JsonValue id;
        private final Map<String, Object> children = new LinkedHashMap<>();

        void take(Map<String, JsonValue> values, JsonObject release, boolean inList) {
            values.forEach((name, value) -> {
                if (inList && name.equals("id")) {
                    id = value;
                } else if (value instanceof JsonObject object) {
                    if (!(children.get(name) instanceof Node)) {
                        children.put(name, new Node());
                    }
                    ((Node) children.get(name)).take(object, release, false);
                } else if (isMergedById(name, value)) {
                    if (!(children.get(name) instanceof Items)) {
                        children.put(name, new Items());
                    }
                    ((Items) children.get(name)).take(value.asJsonArray(), release);
                } else {
                    if (!(children.get(name) instanceof History)) {
                        children.put(name, new History());
                    }
                    ((History) children.get(name)).take(value, release);
                }
            });
        }

        JsonObject write() {
            JsonObjectBuilder builder = Json.createObjectBuilder();
            if (id != null) {
                builder.add("id", id);
            }
            children.forEach((name, child) -> {
                if (child instanceof Node node) {
                    builder.add(name, node.write());
                } else if (child instanceof Items items) {
                    builder.add(name, items.write());
                } else if (child instanceof History history) {
                    builder.add(name, history.write());
                }
            });
            return builder.build();
        }
    }

    /** A list whose objects are known by their ids. */
    private static final class Items {
        private final List<Node> nodes = new ArrayList<>();

        void take(JsonArray items, JsonObject release) {
            for (JsonValue item : items) {
                JsonValue id = item.asJsonObject().get("id");
                Node known = nodes.stream()
                        .filter(n -> id != null && id.equals(n.id))
                        .findFirst()
                        .orElse(null);
                if (known == null) {
                    known = new Node();
                    nodes.add(known);
                }
                known.take(item.asJsonObject(), release, true);
            }
        }

        JsonArray write() {
            var builder = Json.createArrayBuilder();
            nodes.forEach(n -> builder.add(n.write()));
            return builder.build();
        }
    }

    /** What a value was, whenever it changed. */
    private static final class History {
        private final List<JsonObject> entries = new ArrayList<>();

        void take(JsonValue value, JsonObject release) {
            if (entries.isEmpty()
                    || !value.equals(entries.get(entries.size() - 1).get("value"))) {
                entries.add(Json.createObjectBuilder()
                        .add("releaseID", release.get("id"))
                        .add("releaseDate", release.get("date"))
                        .add("releaseTag", release.get("tag"))
                        .add("value", value)
                        .build());
            }
        }

        JsonArray write() {
            return Json.createArrayBuilder(entries).build();
        }
    }
}
