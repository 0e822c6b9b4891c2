package org.yiqi.benchmarks;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;

/**
 * How long a program waits for one unit and for the first page of units: the whole way through login, roles, tenancy, row
 * security and database, beside a resource on the same server that answers a constant. Four clients ask at once.
 */
final class RestLatency implements Benchmark {

    private static final int CLIENTS = 4;
    private static final int WARM_UP = 4_000;
    private static final int REQUESTS = 4_000;
    private static final double P99 = 0.99;
    private static final double MOST_MILLIS = 100;

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        Load load = new Load(CLIENTS);
        double bare;
        try (Instance reference = Instance.start(
                workplace, workplace.bareWar(), workplace.folder("data").resolve("rest-bare"), 15800, "--no-demo")) {
            List<URI> address = List.of(URI.create(reference.base() + "/bare"));
            load.get(address, WARM_UP);
            bare = load.get(address, REQUESTS).percentile(P99);
        }
        try (Instance instance = Instance.start(
                workplace, workplace.application(), workplace.folder("data").resolve("rest"), 15800)) {
            Client client = new Client(instance, "zhongxin.equipment");
            List<URI> units =
                    client.get("/units?limit=100").getJsonArray("items").getValuesAs(JsonObject.class).stream()
                            .map(unit -> client.address("/units/" + unit.getString("id")))
                            .toList();
            double one = p99(load, units, client);
            double list = p99(load, List.of(client.address("/units?limit=25")), client);
            return List.of(
                    figure("GET one unit, p99, four clients / a bare resource", one, bare),
                    figure("GET 25 of 2,000 units, p99, four clients / a bare resource", list, bare));
        }
    }

    private static double p99(Load load, List<URI> addresses, Client client) throws Exception {
        load.get(addresses, WARM_UP / 2, client.authorization());
        return load.get(addresses, REQUESTS / 2, client.authorization()).percentile(P99);
    }

    private static Figure figure(String what, double ours, double bare) {
        return new Figure(
                what, Figure.millis(ours), Figure.millis(bare), ours / bare, "at most 100 ms", ours <= MOST_MILLIS);
    }
}
