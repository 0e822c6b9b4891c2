package org.yiqi.equipment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The platform's own coarse sorting of devices, by which people search and rent. */
public final class Category {

    public static final String OTHER = "OTHER";

    private static final Map<String, List<String>> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("MRI", List.of("magnetic resonance"));
        WORDS.put("CT", List.of("computed tomography", "ct system"));
        WORDS.put("XRAY", List.of("x-ray", "radiograph", "mammograph", "fluoroscop"));
        WORDS.put("ULTRASOUND", List.of("ultrasound", "ultrasonic imag", "echocardiograph"));
        WORDS.put("VENTILATOR", List.of("ventilator"));
        WORDS.put("ANAESTHESIA", List.of("anaesthe", "anesthe"));
        WORDS.put("INFUSION_PUMP", List.of("infusion pump", "syringe pump"));
        WORDS.put("DEFIBRILLATOR", List.of("defibrillat"));
        WORDS.put("MONITOR", List.of("patient monitor", "monitoring system", "pulse oximet", "telemetr"));
        WORDS.put("ECG", List.of("electrocardiograph"));
        WORDS.put("DIALYSIS", List.of("dialysis", "haemodialys", "hemodialys"));
        WORDS.put("INCUBATOR", List.of("incubator", "infant warmer"));
        WORDS.put("ENDOSCOPY", List.of("endoscop", "laparoscop", "bronchoscop", "gastroscop"));
        WORDS.put("LABORATORY", List.of("analyser", "analyzer", " ivd", "centrifuge", "assay"));
        WORDS.put("SURGERY", List.of("electrosurgical", "operating table", "surgical laser"));
        WORDS.put("RADIOTHERAPY", List.of("linear accelerator", "brachytherapy", "radiotherap"));
        WORDS.put("STERILISER", List.of("sterilizer", "steriliser", "autoclave"));
        WORDS.put("IMPLANT", List.of("implant", "prosthes", "stent", "bone screw", "bone plate", "intraocular lens"));
        WORDS.put("DENTAL", List.of("dental"));
        WORDS.put("BED", List.of("hospital bed", "stretcher", "wheelchair"));
    }

    private Category() {}

    /** All categories in the order in which pages offer them. */
    public static List<String> all() {
        List<String> names = new ArrayList<>(WORDS.keySet());
        names.add(OTHER);
        return List.copyOf(names);
    }

    /** The category that a generic name speaks of; {@link #OTHER} where none of the words is in it. */
    public static String of(String genericName) {
        String text = genericName.toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(e -> e.getValue().stream().anyMatch(text::contains))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(OTHER);
    }
}
