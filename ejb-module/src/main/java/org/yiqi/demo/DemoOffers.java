package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.demo.DemoEquipment.DemoUnit;
import org.yiqi.rental.PricePackage;
import org.yiqi.rental.TariffTerms;
import org.yiqi.rental.TimeUnit;
import org.yiqi.rental.UseTier;
import org.yiqi.shared.Money;

/** What the region's hospitals lend: the first few units of each kind that stands idle, with a price list per kind. */
final class DemoOffers {

    /** How many units of a model a large hospital offers. */
    private static final Map<String, Integer> LARGE = Map.ofEntries(
            Map.entry("mr30", 1),
            Map.entry("mr15", 1),
            Map.entry("ct128", 1),
            Map.entry("ct64", 1),
            Map.entry("mobiledr", 1),
            Map.entry("uspremium", 2),
            Map.entry("usportable", 3),
            Map.entry("ventilator", 4),
            Map.entry("transportvent", 2),
            Map.entry("defib", 2),
            Map.entry("incubator", 2),
            Map.entry("endoscope", 1));

    private static final Map<String, Integer> SMALL = Map.of("usportable", 1, "ventilator", 1);
    private static final String CNY = "CNY";

    private final Connection c;
    private final Instant now;
    private final Map<String, UUID> tariffs = new HashMap<>();
    private final DemoTable tariff =
            new DemoTable("rental.tariff", "id,owner_org,name,revision,currency,base,deposit,created_at");
    private final DemoTable packages = new DemoTable("rental.tariff_package", "tariff_id,position,length,unit,price");
    private final DemoTable tiers = new DemoTable("rental.tariff_tier", "tariff_id,position,first_use,price");
    private final DemoTable offers = new DemoTable(
            "rental.offer",
            "id,owner_org,owner_zh,owner_en,unit_id,unit_zh,unit_en,category,capability,region_code,latitude,longitude,tariff_id,"
                    + "state,open_minute,close_minute,buffer_before,buffer_after,notice_hours,regions,transport,transport_fee,"
                    + "transport_per_km,note,created_at");
    private final DemoTable windows = new DemoTable("rental.offer_window", "offer_id,from_at,to_at");

    DemoOffers(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    /** An offer with what a rental made from it needs to know. Scanners stay where they are and are lent over weekends. */
    record Offer(UUID id, DemoUnit unit, UUID tariff, TariffTerms terms, String state, Instant since, boolean stays) {

        long transportCost(DemoRegion.Member to) {
            return stays ? 0 : 20_000 + 300L * (long) Math.ceil(km(unit.owner(), to));
        }
    }

    List<Offer> fill(List<DemoUnit> units) throws SQLException {
        List<Offer> made = new ArrayList<>();
        Map<String, Integer> offered = new HashMap<>();
        for (DemoUnit unit : units) {
            String model = unit.model().key();
            Map<String, Integer> wanted = unit.owner().level().startsWith("三级")
                    ? LARGE
                    : unit.owner().level().startsWith("二级") ? SMALL : Map.of();
            int before = offered.getOrDefault(unit.owner().key() + model, 0);
            if (before < wanted.getOrDefault(model, 0) && !unit.status().equals("COMMISSIONED")) {
                offered.put(unit.owner().key() + model, before + 1);
                made.add(offer(unit));
            }
        }
        tariff.write(c);
        packages.write(c);
        tiers.write(c);
        offers.write(c);
        windows.write(c);
        return made;
    }

    private Offer offer(DemoUnit unit) {
        UUID id = DemoIds.of("offer", unit.tag());
        Instant since = later(
                now.minus(375, ChronoUnit.DAYS),
                unit.acquired().plusDays(14).atStartOfDay(DemoEquipment.CHINA).toInstant());
        boolean stays = List.of("MRI", "CT").contains(unit.model().category());
        TariffTerms terms = terms(unit.model());
        UUID priceList = tariff(unit, terms);
        int luck = DemoIds.number("offer" + unit.tag(), 30);
        String state = luck == 0 ? "PAUSED" : luck == 1 ? "WITHDRAWN" : "PUBLISHED";
        DemoRegion.Member owner = unit.owner();
        offers.add(
                id,
                DemoEquipment.orgId(owner),
                owner.nameZh(),
                owner.nameEn(),
                unit.id(),
                unit.model().nameZh(),
                unit.model().nameEn(),
                unit.model().category(),
                "",
                owner.region(),
                owner.latitude(),
                owner.longitude(),
                priceList,
                state,
                0,
                1440,
                stays ? 0 : 2,
                stays ? 0 : 4,
                stays ? 48 : 24,
                "",
                stays ? "LESSEE" : "CARRIER",
                stays ? 0 : 20_000,
                stays ? 0 : 300,
                stays ? "周末检查，设备不移动，由承租方派员操作" : "随附件箱与操作手册一并交付",
                since);
        windows.add(id, since, now.plus(180, ChronoUnit.DAYS));
        return new Offer(id, unit, priceList, terms, state, since, stays);
    }

    private UUID tariff(DemoUnit unit, TariffTerms terms) {
        String name = unit.model().nameZh() + " 租赁价目";
        UUID owner = DemoEquipment.orgId(unit.owner());
        UUID known = tariffs.get(owner + name);
        if (known != null) {
            return known;
        }
        UUID id = DemoIds.of("tariff", owner + name);
        tariffs.put(owner + name, id);
        tariff.add(
                id,
                owner,
                name,
                1,
                CNY,
                terms.base().minor(),
                terms.deposit().minor(),
                now.minus(380, ChronoUnit.DAYS));
        for (int i = 0; i < terms.packages().size(); i++) {
            PricePackage p = terms.packages().get(i);
            packages.add(id, i, p.length(), p.unit(), p.price().minor());
        }
        for (int i = 0; i < terms.perUse().size(); i++) {
            UseTier t = terms.perUse().get(i);
            tiers.add(id, i, t.firstUse(), t.price().minor());
        }
        return id;
    }

    /** A day costs a little under a thousandth of the device; weeks and months are cheaper, scanners also cost per use. */
    private static TariffTerms terms(DemoModels.Model model) {
        long day = Math.max(5_000, model.costWan() * 1_000_000L * 9 / 10_000 / 1_000 * 1_000);
        return switch (model.category()) {
            case "MRI", "CT" ->
                new TariffTerms(
                        CNY,
                        yuan(model.costWan() > 700 ? 12_000 : 6_000),
                        List.of(),
                        List.of(new UseTier(1, yuan(180)), new UseTier(51, yuan(150))),
                        yuan(50_000));
            case "XRAY", "ULTRASOUND", "ENDOSCOPY" ->
                new TariffTerms(
                        CNY,
                        yuan(0),
                        days(day),
                        List.of(new UseTier(1, yuan(model.category().equals("ENDOSCOPY") ? 60 : 12))),
                        yuan(model.costWan() * 200L));
            default -> new TariffTerms(CNY, yuan(0), days(day), List.of(), yuan(model.costWan() * 200L));
        };
    }

    private static List<PricePackage> days(long day) {
        return List.of(
                new PricePackage(1, TimeUnit.DAY, Money.ofMinor(day, CNY)),
                new PricePackage(7, TimeUnit.DAY, Money.ofMinor(day * 5, CNY)),
                new PricePackage(30, TimeUnit.DAY, Money.ofMinor(day * 18, CNY)));
    }

    private static Money yuan(long yuan) {
        return Money.ofMinor(yuan * 100, CNY);
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static double km(DemoRegion.Member one, DemoRegion.Member other) {
        double north = (one.latitude() - other.latitude()) * 111.2;
        double east = (one.longitude() - other.longitude()) * 111.2 * Math.cos(Math.toRadians(one.latitude()));
        return Math.hypot(north, east);
    }
}
