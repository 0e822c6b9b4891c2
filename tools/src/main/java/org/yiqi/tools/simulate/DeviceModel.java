package org.yiqi.tools.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a device of one kind measures, second by second. The same seed tells the same story.
 *
 * <p>A fault ramps up over {@value #FAULT_SECONDS} seconds after {@value #FAULT_BEGINS} seconds of normal work, and stays.
 */
final class DeviceModel {

    static final List<String> CATEGORIES = List.of("MRI", "CT", "VENTILATOR", "INFUSION_PUMP", "ULTRASOUND");
    private static final double FAULT_BEGINS = 10;
    private static final double FAULT_SECONDS = 60;

    private final String category;
    private final @Nullable Fault fault;
    private final Random random;
    private final double phase;

    DeviceModel(String category, @Nullable Fault fault, long seed) {
        this.category = category;
        this.fault = fault;
        random = new Random(seed);
        phase = random.nextDouble() * 600;
    }

    Map<String, Double> at(double second) {
        double t = second + phase;
        double damage = fault == null ? 0 : Math.max(0, Math.min(1, (second - FAULT_BEGINS) / FAULT_SECONDS));
        Map<String, Double> values = new LinkedHashMap<>();
        switch (category) {
            case "MRI" -> {
                values.put("coolingTemperature", near(6.5 + wave(t, 300, 0.6) + damage * 18, 0.1));
                values.put("heliumLevel", near(82 - damage * 6, 0.05));
                values.put("powerConsumption", near(12_000 + wave(t, 120, 3_000), 150));
            }
            case "CT" -> {
                double scanning = Math.max(0, wave(t, 90, 1));
                values.put("tubeTemperature", near(38 + scanning * 18 + damage * 45, 0.4));
                values.put("gantrySpeed", Math.rint(near(scanning > 0 ? 120 : 0, scanning > 0 ? 1 : 0)));
                values.put("detectorState", 1.0);
                values.put("vibration", near(0.8 + scanning * 0.4 + damage * 2.5, 0.05));
            }
            case "VENTILATOR" -> {
                values.put("airwayPressure", near(16 + wave(t, 4, 8), 0.3));
                values.put("oxygenConcentration", near(40, 0.3));
                values.put("tidalVolume", Math.rint(near(480, 12)));
            }
            case "INFUSION_PUMP" -> {
                values.put("flowRate", near(25, 0.1));
                values.put("occlusionPressure", near(18 + wave(t, 60, 4), 0.5));
                values.put("batteryLevel", Math.rint(90 + wave(t, 3_600, 8)));
            }
            default -> {
                values.put("probeTemperature", near(33 + Math.max(0, wave(t, 240, 4)), 0.1));
                values.put("powerConsumption", near(420, 10));
            }
        }
        return values;
    }

    private static double wave(double t, double period, double height) {
        return height * Math.sin(2 * Math.PI * t / period);
    }

    private double near(double value, double noise) {
        return Math.round((value + random.nextGaussian() * noise) * 100) / 100.0;
    }
}
