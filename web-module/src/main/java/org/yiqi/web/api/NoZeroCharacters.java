package org.yiqi.web.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yiqi.shared.problem.RuleViolation;

/** PostgreSQL stores no zero character, so no parameter of an address may hold one: refused here once, for all operations. */
@Provider
@Priority(Priorities.USER)
public class NoZeroCharacters implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo address = request.getUriInfo();
        Stream.of(address.getPathParameters(), address.getQueryParameters())
                .flatMap(parameters -> parameters.entrySet().stream())
                .filter(NoZeroCharacters::holdsOne)
                .findFirst()
                .ifPresent(parameter -> {
                    throw new RuleViolation(
                                    "shared.bad-value",
                                    parameter.getKey().replace("\0", "") + " holds a zero character")
                            .at("/" + parameter.getKey().replace("\0", ""), "no zero characters");
                });
    }

    private static boolean holdsOne(Map.Entry<String, List<String>> parameter) {
        return parameter.getKey().indexOf('\0') >= 0
                || parameter.getValue().stream().anyMatch(value -> value.indexOf('\0') >= 0);
    }
}
