package org.yiqi.web.procurement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.yiqi.procurement.Parameter;
import org.yiqi.shared.problem.RuleViolation;

/** Parameters as people write them: one on each line, "name: value". */
final class ParameterLines {

    private ParameterLines() {}

    static String write(List<Parameter> parameters) {
        return parameters.stream().map(p -> p.name() + ": " + p.value()).collect(Collectors.joining("\n"));
    }

    /** @throws RuleViolation with the code given when a line has no name or no value */
    static List<Parameter> read(String text, String code) {
        List<Parameter> lines = new ArrayList<>();
        for (String line : text.split("\\R", -1)) {
            if (!line.isBlank()) {
                String[] sides = line.split("[:：]", 2);
                if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank()) {
                    throw new RuleViolation(code, "A parameter has a name and a value")
                            .at("/parameters", "name: value");
                }
                lines.add(new Parameter(sides[0].strip(), sides[1].strip()));
            }
        }
        return lines;
    }
}
