package org.yiqi.web.api;

import jakarta.inject.Inject;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Jersey brings a mapper of its own for validation, and the nearest type wins: this one is as near and answers a problem. */
@Provider
public class InvalidRequests implements ExceptionMapper<ValidationException> {

    @Inject
    Problems problems;

    @Override
    public Response toResponse(ValidationException thrown) {
        return problems.toResponse(thrown);
    }
}
