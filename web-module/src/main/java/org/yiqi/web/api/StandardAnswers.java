package org.yiqi.web.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Writes into the API's description what holds for every operation: how refusals look, what ids and keys are. */
public class StandardAnswers implements OASFilter {

    private static final Map<String, String> REFUSALS = new LinkedHashMap<>();

    static {
        REFUSALS.put("400", "Not JSON, an unknown field, or a value of the wrong type");
        REFUSALS.put("401", "No valid token");
        REFUSALS.put("403", "The caller's roles, organisation or scopes do not allow this");
        REFUSALS.put("404", "No such thing, or another organisation's");
        REFUSALS.put("406", "None of the accepted types is offered");
        REFUSALS.put("409", "The state does not allow it, or another was quicker");
        REFUSALS.put("412", "The thing has changed since it was read");
        REFUSALS.put("413", "The body is too large");
        REFUSALS.put("415", "The body's type is not understood");
        REFUSALS.put("422", "A field or the request as a whole breaks a rule");
        REFUSALS.put("428", "If-Match is missing");
    }

    private static final Set<String> OF_ALL = Set.of("400", "401", "403", "404", "406", "422");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema("Problem", problem());
        if (api.getPaths() != null) {
            api.getPaths().getPathItems().values().forEach(StandardAnswers::complete);
        }
    }

    private static void complete(PathItem path) {
        path.getOperations().forEach((method, operation) -> {
            boolean reads = method == PathItem.HttpMethod.GET || method == PathItem.HttpMethod.HEAD;
            APIResponses responses = operation.getResponses();
            if (responses == null) {
                responses = OASFactory.createAPIResponses();
                operation.setResponses(responses);
            }
            for (Map.Entry<String, String> refusal : REFUSALS.entrySet()) {
                if ((!reads || OF_ALL.contains(refusal.getKey())) && !responses.hasAPIResponse(refusal.getKey())) {
                    responses.addAPIResponse(
                            refusal.getKey(),
                            OASFactory.createAPIResponse()
                                    .description(refusal.getValue())
                                    .content(problemContent()));
                }
            }
            idsAreUuids(operation);
            if (method == PathItem.HttpMethod.POST) {
                operation.addParameter(idempotencyKey());
            }
        });
    }

    private static void idsAreUuids(Operation operation) {
        List<Parameter> parameters = operation.getParameters();
        if (parameters != null) {
            parameters.stream()
                    .filter(p -> p.getSchema() != null && p.getSchema().getType() == Schema.SchemaType.OBJECT)
                    .forEach(p -> p.setSchema(OASFactory.createSchema()
                            .type(Schema.SchemaType.STRING)
                            .format("uuid")));
        }
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .description("Repeats of the request with the same key within 24 hours get the first answer")
                .schema(OASFactory.createSchema()
                        .type(Schema.SchemaType.STRING)
                        .minLength(1)
                        .maxLength(200)
                        .pattern("^[!-~]+$"));
    }

    private static Content problemContent() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("Problem")));
    }

    private static Schema problem() {
        Schema error = OASFactory.createSchema()
                .type(Schema.SchemaType.OBJECT)
                .addProperty("pointer", text())
                .addProperty("rule", text());
        return OASFactory.createSchema()
                .type(Schema.SchemaType.OBJECT)
                .description("RFC 9457; some refusals add members of their own")
                .addProperty("type", text())
                .addProperty("title", text())
                .addProperty("status", OASFactory.createSchema().type(Schema.SchemaType.INTEGER))
                .addProperty("detail", text())
                .addProperty("instance", text())
                .addProperty("code", text())
                .addProperty(
                        "errors",
                        OASFactory.createSchema().type(Schema.SchemaType.ARRAY).items(error));
    }

    private static Schema text() {
        return OASFactory.createSchema().type(Schema.SchemaType.STRING);
    }
}
