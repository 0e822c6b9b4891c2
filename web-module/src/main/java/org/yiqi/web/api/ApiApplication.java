package org.yiqi.web.api;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.yiqi.shared.Roles;

@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Yiqi",
                        version = "1",
                        description =
                                "Share, rent, buy, maintain and dispose of medical equipment, with provable responsibility"),
        security = @SecurityRequirement(name = "bearer"))
@SecurityScheme(securitySchemeName = "bearer", type = SecuritySchemeType.HTTP, scheme = "bearer")
@DeclareRoles({
    Roles.ORG_ADMIN,
    Roles.EQUIPMENT,
    Roles.CLINICAL,
    Roles.FINANCE,
    Roles.COMMITTEE,
    Roles.PARTY_COMMITTEE,
    Roles.SIGNATORY,
    Roles.TECHNICIAN,
    Roles.SUPPLIER,
    Roles.CARRIER,
    Roles.RECYCLER,
    Roles.PLATFORM_REVIEWER,
    Roles.PLATFORM_OPERATOR,
    Roles.REGULATOR,
    Roles.AUDITOR
})
public class ApiApplication extends Application {}
