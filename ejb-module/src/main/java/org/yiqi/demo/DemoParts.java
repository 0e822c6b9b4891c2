package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stations of the service organisations and what lies there; some of it below its minimum. */
final class DemoParts {

    /** A part as orders take it. */
    record Part(
            UUID id, UUID station, String number, String nameZh, String nameEn, long priceMinor, boolean serialised) {}

    private record Kind(String number, String zh, String en, String fits, int yuan, boolean serialised) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("MR-FAN-20", "梯度放大器风扇模块", "Gradient amplifier fan", "JY-Magna", 3_800, false),
            new Kind("CT-BRUSH-8", "滑环碳刷组件", "Slip ring brush set", "HY-Scan", 2_600, false),
            new Kind("CT-OILPUMP", "球管油循环泵", "Tube oil pump", "HY-Scan", 18_500, true),
            new Kind("CT-TUBE-5M", "CT 球管 5.0 MHU", "CT tube 5.0 MHU", "HY-Scan 128", 480_000, true),
            new Kind("DR-CABLE-3", "立柱钢丝绳", "Column cable", "HY-DR", 420, false),
            new Kind("US-PROBE-C5", "凸阵探头 C5-2", "Convex probe C5-2", "TS-Vision, TS-Go", 26_000, true),
            new Kind("VT-FLOW-2", "流量传感器", "Flow sensor", "RM-Breath", 1_280, false),
            new Kind("VT-BATT-24", "呼吸机电池组 24 V", "Ventilator battery 24 V", "RM-Breath", 1_950, true),
            new Kind("AN-SEAL-6", "蒸发罐密封圈", "Vaporiser seal", "RM-Sleep", 85, false),
            new Kind("MO-PSU-12", "监护仪电源板", "Monitor power board", "RM-View 12", 680, false),
            new Kind("MO-SPO2", "血氧探头", "SpO2 sensor", "RM-View 12", 260, false),
            new Kind("SP-SCREW", "注射泵丝杆组件", "Syringe pump lead screw", "BA-Flow S1", 340, false),
            new Kind("DF-BATT-9", "除颤仪电池", "Defibrillator battery", "RM-Pulse 3", 1_600, true),
            new Kind("EC-LEAD-10", "十导联线", "ECG lead set", "TS-Heart 12", 420, false),
            new Kind("HD-ORING", "快速接头 O 型圈", "Connector O-ring", "RM-Clear 2", 18, false),
            new Kind("IN-TEMP-1", "箱温传感器", "Incubator temperature sensor", "RM-Nest 1", 390, false),
            new Kind("EN-LAMP", "氙灯 300 W", "Xenon lamp 300 W", "TS-Look 4K", 4_900, false),
            new Kind("LA-NEEDLE", "加样针", "Sample needle", "TS-Lab 800", 1_150, false));

    private record Station(String key, String org, String zh, String en, String region, String address, boolean main) {}

    private static final List<Station> STATIONS = List.of(
            new Station("anxin1", "anxin", "安信总部备件库", "Anxin central store", "330105", "云栖市登云路 43 号", true),
            new Station("anxin2", "anxin", "安信滨江服务站", "Anxin Binjiang station", "330108", "云栖市滨安路 650 号", false),
            new Station("jieli1", "jieli", "捷力青河中心库", "Jieli Qinghe store", "330122", "青河县富春路 18 号", true),
            new Station("jieli2", "jieli", "捷力临山服务站", "Jieli Linshan station", "330127", "临山县新安路 60 号", false));

    private final Map<String, Part> parts = new HashMap<>();

    void fill(Connection c) throws SQLException {
        DemoTable stations =
                new DemoTable("maintenance.station", "id,org_id,name_zh,name_en,region_code,address,headquarters");
        DemoTable part =
                new DemoTable("maintenance.part", "id,org_id,number,name_zh,name_en,fits,serialised,price_minor");
        DemoTable stock = new DemoTable("maintenance.stock", "part_id,station_id,on_hand,reserved,minimum");
        for (Station s : STATIONS) {
            UUID station = DemoIds.of("station", s.key);
            stations.add(station, DemoIds.of("org", s.org), s.zh, s.en, s.region, s.address, s.main);
            for (Kind k : KINDS) {
                UUID id = DemoIds.of("part", s.org + k.number);
                if (s.main) {
                    part.add(id, DemoIds.of("org", s.org), k.number, k.zh, k.en, k.fits, k.serialised, k.yuan * 100L);
                    parts.put(
                            s.org + k.number, new Part(id, station, k.number, k.zh, k.en, k.yuan * 100L, k.serialised));
                }
                int minimum = k.yuan > 100_000 ? 0 : k.yuan > 10_000 ? 1 : s.main ? 4 : 2;
                int luck = DemoIds.number("stock" + s.key + k.number, 10);
                int onHand = luck < 2 ? minimum / 2 : minimum + luck;
                stock.add(id, station, k.yuan > 100_000 && !s.main ? 0 : onHand, 0, minimum);
            }
        }
        stations.write(c);
        part.write(c);
        stock.write(c);
    }

    /** The part of a service organisation with this number. */
    @Nullable
    Part find(String service, String number) {
        return parts.get(service + number);
    }
}
